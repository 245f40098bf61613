-- What questions may ask.

create or replace view current_submission as
select s.*
from submission s
where s.status = 'accepted'
qualify row_number() over (partition by s.unit_code, s.period, s.form_id order by s.version desc) = 1;

create or replace view measure as
select unit_code, period, measure, item_code, theme_code, value
from current_measure;

-- One row a unit, period and indicator. A ratio with one side missing has neither side, so that plain sums of both
-- columns give the ratio of sums over the units that have it. value is in the unit of the indicator (% is 0 to 100).
create or replace view indicator_value as
select
    c.indicator, c.unit_code, c.period, c.numerator, c.denominator,
    case
        when i.denominator is null then c.numerator * i.scale
        when c.denominator > 0 then c.numerator * i.scale / c.denominator
    end as value
from current_indicator c
join indicator i using (indicator);

-- The reports owed, whether they came or not. state: accepted | returned | missing.
create or replace view reporting as
select
    unit_code, period, period_kind, form_id, date_from, date_to, due_at, state, first_received_at, on_time, days_late,
    submissions, first_valid, current_submission_id, extension_reason
from due_report;

-- What due_report is made of: the reports that units owe, from duties and the calendar, never from the data (an extension
-- moves the day), and what came of each.
create or replace view owing as
select
    d.unit_code, d.form_id, p.period, p.kind as period_kind, p.date_from, p.date_to, coalesce(x.until, p.due_at) as due_at,
    u.full_name as unit, u.name, u.kind, u.old_district, x.reason as extension_reason,
    coalesce(r.state, 'missing') as state, r.first_received_at, coalesce(r.on_time, false) as on_time, r.days_late,
    coalesce(r.submissions, 0) as submissions, r.first_valid, coalesce(r.nothing, false) as nothing, r.current_submission_id
from duty d
join unit u using (unit_code)
join period p on p.kind = d.period_kind
left join extension x on x.unit_code = d.unit_code and x.period = p.period and x.form_id = d.form_id
left join report r on r.unit_code = d.unit_code and r.period = p.period and r.form_id = d.form_id
where (d.valid_from is null or p.date_to >= d.valid_from) and (d.valid_to is null or p.date_from <= d.valid_to)
  and p.date_to >= u.valid_from and (u.valid_to is null or p.date_from <= u.valid_to);

-- Tasks of current reports in full, with the state worked out from dates (current_task).
create or replace view task_state as
select c.unit_code, c.period, t.*, c.cut_off, c.due_on, c.done_on, c.state, c.days_late, c.five_clear
from current_task c
join task t on t.submission_id = c.submission_id and t.cell = c.cell;

-- What units are asked to confirm and have not yet: findings of severity explain in the reports that count.
create or replace view open_question as
select r.unit_code, r.period, r.form_id, f.rule_id, f.sheet, f.cell, f.row_label, f.column_label, f.value, f.message, f.fix
from report r
join finding f on f.submission_id = r.current_submission_id and f.severity = 'explain'
anti join explanation e
    on e.unit_code = r.unit_code and e.period = r.period and e.form_id = r.form_id and e.rule_id = f.rule_id
    and e.sheet = f.sheet and e.cause = f.cause and e.value = f.value;

-- What was explained of the reports that count: in answer to a finding of this very report, or earlier for the same cause.
create or replace view explained as
select
    r.unit_code, r.period, r.form_id, f.rule_id, f.sheet, f.cell, f.row_label, f.column_label, f.value,
    e.period as explained_in, e.reason, e.actor, e."at"
from report r
join finding f on f.submission_id = r.current_submission_id and f.severity in ('explain', 'note')
join explanation e
    on e.unit_code = r.unit_code and e.form_id = r.form_id and e.rule_id = f.rule_id and e.sheet = f.sheet
    and e.cause = f.cause
    and (f.severity = 'note' and e.period <= r.period or e.period = r.period and e.value = f.value)
qualify row_number() over (partition by f.submission_id, f.rule_id, f.sheet, f.cell order by e."at" desc) = 1;

-- Every period whose figures were frozen, with the closings that did it.
create or replace view closed_period as
select distinct p.period, c.closing, c.name, c."at", c.actor
from closing c
join closed_report p using (closing);

-- What happened to a closed period afterwards. action: accepted | returned (a file came), void, extend, explain.
create or replace view adjustment as
select
    c.closing, e.unit_code, c.period, e.form_id, e.action, nullif(split_part(e.subject, ' ', 4), '') as version, e."at", e.actor, e.reason
from closed_period c
join closing using (closing)
join event e on e.period = c.period and e.line > closing.last_event
where e.action in ('accepted', 'returned', 'void', 'extend', 'explain');
