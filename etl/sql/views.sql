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
    o.unit_code, o.period, o.period_kind, o.form_id, o.date_from, o.date_to, o.due_at,
    coalesce(r.state, 'missing') as state,
    r.first_received_at, coalesce(r.on_time, false) as on_time, r.days_late, coalesce(r.submissions, 0) as submissions,
    r.first_valid, r.current_submission_id, o.extension_reason
from owed_report o
left join report r on r.unit_code = o.unit_code and r.period = o.period and r.form_id = o.form_id;

-- Tasks of current reports in full, with the state worked out from dates (current_task).
create or replace view task_state as
select c.unit_code, c.period, t.*, c.cut_off, c.due_on, c.done_on, c.state, c.days_late, c.five_clear
from current_task c
join task t on t.submission_id = c.submission_id and t.cell = c.cell;
