-- owed_report: which reports units owe, from duties and the calendar; never from the data. An extension moves the day.

delete from owed_report;

insert into owed_report
select
    d.unit_code, d.form_id, p.period, p.kind as period_kind, p.date_from, p.date_to, coalesce(x.until, p.due_at) as due_at,
    u.full_name as unit, u.name, u.kind, u.old_district, x.reason as extension_reason
from duty d
join unit u using (unit_code)
join period p on p.kind = d.period_kind
left join extension x on x.unit_code = d.unit_code and x.period = p.period and x.form_id = d.form_id
where (d.valid_from is null or p.date_to >= d.valid_from) and (d.valid_to is null or p.date_from <= d.valid_to)
  and p.date_to >= u.valid_from and (u.valid_to is null or p.date_from <= u.valid_to)
order by p.period, d.unit_code;
