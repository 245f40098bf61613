-- due_report: all of it anew, where duties, the calendar or a deadline changed.

delete from due_report;

insert into due_report from owing order by period, unit_code;
