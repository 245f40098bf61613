-- Brings `report`, `due_report` and `current_task` in step for the pairs in `touched(unit_code, period)`.

-- report: what came for each owed or sent report -----------------------------------------------------------------------

delete from report where (unit_code, period) in (select unit_code, period from touched);

insert into report
select
    s.unit_code, s.period, s.form_id,
    case when bool_or(s.status = 'accepted') then 'accepted' else 'returned' end as state,
    min(s.received_at) as first_received_at,
    coalesce(any_value(x.until), any_value(p.due_at)) as due_at,
    min(s.received_at) <= coalesce(any_value(x.until), any_value(p.due_at)) as on_time,
    greatest(0, date_diff('day', coalesce(any_value(x.until), any_value(p.due_at))::date, min(s.received_at)::date)) as days_late,
    count(*) as submissions,
    arg_min(s.status = 'accepted', s.version) as first_valid,
    arg_min(s.cells_required, s.version) as cells_required,
    arg_min(s.cells_filled, s.version) as cells_filled,
    coalesce(bool_or(s.status = 'accepted' and s.nothing_in = '*'), false) as nothing,
    max_by(s.submission_id, s.version) filter (s.status = 'accepted') as current_submission_id
from submission s
join touched using (unit_code, period)
join period p using (period)
left join extension x on x.unit_code = s.unit_code and x.period = s.period and x.form_id = s.form_id
where s.status in ('accepted', 'returned')
group by s.unit_code, s.period, s.form_id;

-- due_report: what came of the reports that are owed ---------------------------------------------------------------------

delete from due_report where (unit_code, period) in (select unit_code, period from touched);

insert into due_report
select o.* from owing o join touched using (unit_code, period)
order by o.period, o.unit_code;

-- current_task: the tasks of current reports, with the state worked out from dates -------------------------------------
-- state: done_on_time | done_late | overdue | due_soon | in_progress | paused | cancelled. A routine task is due at the
-- end of every period.

delete from current_task where (unit_code, period) in (select unit_code, period from touched);

insert into current_task
select
    r.unit_code, r.period, t.submission_id, t.task_id, t.task_group, t.lead_role, p.date_to as cut_off,
    case when t.kind = 'THUONG_XUYEN' then p.date_to else t.due_date end as due_on,
    case when t.status = 'HOAN_THANH' then t.done_date end as done_on,
    case
        when t.status = 'HUY' then 'cancelled'
        when t.status = 'HOAN_THANH' and t.done_date <= due_on then 'done_on_time'
        when t.status = 'HOAN_THANH' and due_on is not null then 'done_late'
        when t.status = 'HOAN_THANH' then 'done_on_time'
        when due_on < p.date_to then 'overdue'
        when t.status = 'TAM_DUNG' then 'paused'
        when due_on <= p.date_to + soon.days then 'due_soon'
        else 'in_progress'
    end as state,
    case when state in ('done_late', 'overdue') then date_diff('day', due_on, least(coalesce(done_on, p.date_to), p.date_to)) end as days_late,
    (t.title is not null and t.lead_role is not null and t.lead_role <> 'U00' and t.responsible is not null
     and due_on is not null and t.product is not null) as five_clear,
    t.evidence is not null as proven, t.progress, t.cell
from (select unit_code, period, current_submission_id from report join touched using (unit_code, period)) r
join task t on t.submission_id = r.current_submission_id
join period p using (period)
cross join (select coalesce(max(case setting when 'due_soon_days' then value::integer end), 7) as days from setting) soon
order by r.period, r.unit_code;
