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
    d.unit_code, p.period, p.kind as period_kind, d.form_id, p.date_from, p.date_to,
    coalesce(x.until, p.due_at) as due_at,
    coalesce(r.state, 'missing') as state,
    r.first_received_at, coalesce(r.on_time, false) as on_time, r.days_late, coalesce(r.submissions, 0) as submissions,
    r.first_valid, r.current_submission_id, x.reason as extension_reason
from duty d
join unit u using (unit_code)
join period p on p.kind = d.period_kind
left join report r on r.unit_code = d.unit_code and r.period = p.period and r.form_id = d.form_id
left join extension x on x.unit_code = d.unit_code and x.period = p.period and x.form_id = d.form_id
where p.date_to >= d.valid_from and (d.valid_to is null or p.date_from <= d.valid_to)
  and p.date_to >= u.valid_from and (u.valid_to is null or p.date_from <= u.valid_to);

-- Tasks of current reports, with the state worked out from dates: done_on_time | done_late | overdue | due_soon |
-- in_progress | paused | cancelled. A routine task is due at the end of every period.
create or replace view task_state as
select
    s.unit_code, s.period, t.*, p.date_to as cut_off,
    case when t.kind = 'THUONG_XUYEN' then p.date_to else t.due_date end as due_on,
    case when t.status = 'HOAN_THANH' then t.done_date end as done_on,
    case
        when t.status = 'HUY' then 'cancelled'
        when t.status = 'HOAN_THANH' and t.done_date <= due_on then 'done_on_time'
        when t.status = 'HOAN_THANH' and due_on is not null then 'done_late'
        when t.status = 'HOAN_THANH' then 'done_on_time'
        when due_on < p.date_to then 'overdue'
        when t.status = 'TAM_DUNG' then 'paused'
        when due_on <= p.date_to + 7 then 'due_soon'
        else 'in_progress'
    end as state,
    case when state in ('done_late', 'overdue') then date_diff('day', due_on, least(coalesce(done_on, p.date_to), p.date_to)) end as days_late,
    (t.title is not null and t.lead_role is not null and t.lead_role <> 'U00' and t.responsible is not null
     and due_on is not null and t.product is not null) as five_clear
from task t
join current_submission s using (submission_id)
join period p using (period);
