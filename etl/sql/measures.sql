-- Brings `current_measure` in step for the pairs in `touched(unit_code, period)`, after reports.sql.
-- Each statement stands for one idea; a new derived measure is one more `insert`.

-- current_measure: the numbers as they were written; where two forms give the same, the one that stands first counts ----

delete from current_measure where (unit_code, period) in (select unit_code, period from touched);

create or replace temp table touched_submission as
select
    s.submission_id, s.unit_code, s.period, s.form_id, s.has_plan, f.rank,
    f.rank = min(f.rank) over (partition by s.unit_code, s.period) as first_form
from report r
join touched using (unit_code, period)
join submission s on s.submission_id = r.current_submission_id
join form f on f.form_id = s.form_id;

insert into current_measure
select t.unit_code, t.period, o.measure, o.item_code, o.theme_code, o.value
from observation o
join touched_submission t using (submission_id)
where o.value is not null and t.first_form;

insert into current_measure
select t.unit_code, t.period, o.measure, o.item_code, o.theme_code, o.value
from observation o
join touched_submission t using (submission_id)
where o.value is not null and not t.first_form
  and not exists (
      from current_measure m
      where m.unit_code = t.unit_code and m.period = t.period and m.measure = o.measure and m.item_code = o.item_code
  )
qualify row_number() over (partition by t.unit_code, t.period, o.measure, o.item_code, o.theme_code order by t.rank) = 1;

-- Tasks, by group of the seven -----------------------------------------------------------------------------------------

insert into current_measure by name
unpivot (
    select
        unit_code, period, coalesce(task_group, '') as item_code,
        count(*) filter (state <> 'cancelled')::double as tasks_total,
        count(*) filter (state in ('done_on_time', 'done_late'))::double as tasks_done,
        count(*) filter (state <> 'cancelled' and due_on <= cut_off)::double as tasks_due,
        count(*) filter (state = 'done_on_time' and due_on <= cut_off)::double as tasks_on_time,
        count(*) filter (state = 'overdue')::double as tasks_overdue,
        count(*) filter (state in ('done_late', 'overdue'))::double as tasks_late,
        coalesce(sum(days_late), 0)::double as days_late,
        count(*) filter (state <> 'cancelled' and progress is not null)::double as tasks_with_progress,
        coalesce(sum(progress) filter (state <> 'cancelled'), 0)::double as progress_total,
        count(*) filter (state <> 'cancelled' and five_clear)::double as tasks_five_clear,
        count(*) filter (state in ('done_on_time', 'done_late') and proven)::double as tasks_with_evidence
    from current_task
    where (unit_code, period) in (select unit_code, period from touched)
    group by unit_code, period, coalesce(task_group, '')
) on columns(* exclude (unit_code, period, item_code)) into name measure value value;

-- Channels: which groups were active, and which of those the unit must use ----------------------------------------------

create or replace temp table touched_channel as
with made as (
    select m.unit_code, m.period, coalesce(c.parent_code, c.channel_code) as channel_code, sum(m.value) > 0 as active
    from current_measure m
    join touched using (unit_code, period)
    join channel c on c.channel_code = m.item_code
    where m.measure = 'products'
    group by all
)
select told.unit_code, told.period, g.channel_code, coalesce(m.active, false) as active
from (select distinct unit_code, period from made) told
join period p using (period)
join channel g on g.parent_code is null and (g.valid_to is null or g.valid_to >= p.date_from)
left join made m on m.unit_code = told.unit_code and m.period = told.period and m.channel_code = g.channel_code;

create or replace temp table touched_obligation as
with met as (
    select distinct m.unit_code, m.period, m.measure
    from current_measure m join touched using (unit_code, period)
    where m.value = 1 and m.measure in (select condition from obligation)
)
select t.unit_code, t.period, o.subject, o.code
from touched t
join obligation o using (unit_code)
left join met m on m.unit_code = t.unit_code and m.period = t.period and m.measure = o.condition
where o.condition is null or m.measure is not null;

insert into current_measure by name
select unit_code, period, unnest(['channel_active', 'channel_possible']) as measure, channel_code as item_code,
    unnest([active::integer::double, 1.0]) as value
from touched_channel;

insert into current_measure by name
select unit_code, period, 'channel_kept' as measure, channel_code as item_code, active::integer::double as value
from touched_channel c
join touched_obligation o using (unit_code, period)
where o.subject = 'channel' and o.code = c.channel_code;

insert into current_measure by name
select m.unit_code, m.period, unnest(['channels_active', 'channels_planned']) as measure, '' as item_code,
    unnest([sum(m.value), count(*)::double]) as value
from current_measure m
join touched using (unit_code, period)
where m.measure = 'channel_kept'
group by m.unit_code, m.period;

-- Themes covered, and cells of channel x theme -------------------------------------------------------------------------

create or replace temp table touched_theme as
select m.unit_code, m.period, coalesce(c.parent_code, c.channel_code) as channel_code, m.theme_code, sum(m.value) as products,
    products > 0 as filled
from current_measure m
join touched using (unit_code, period)
join channel c on c.channel_code = m.item_code
join theme on theme.theme_code = m.theme_code and theme.core is not null
where m.measure = 'products_by_theme'
group by all;

insert into current_measure by name
select unit_code, period, 'theme_spoken' as measure, channel_code as item_code, theme_code, products as value
from touched_theme
where filled;

insert into current_measure by name
select
    unit_code, period, '' as item_code,
    unnest(['themes_covered', 'themes_core', 'cells_filled_theme', 'cells_possible_theme']) as measure,
    unnest([
        count(distinct theme_code) filter (filled)::double, (select count(*) from theme where core is not null)::double,
        count(*) filter (filled)::double,
        ((select count(*) from theme where core is not null)
         * (select count(*) from touched_channel g where g.unit_code = t.unit_code and g.period = t.period))::double
    ]) as value
from touched_theme t
group by unit_code, period;

-- Audiences the unit must reach ----------------------------------------------------------------------------------------

insert into current_measure by name
select
    o.unit_code, o.period, '' as item_code, unnest(['audiences_covered', 'audiences_core']) as measure,
    unnest([count(*) filter (m.value > 0)::double, count(*)::double]) as value
from touched_obligation o
left join current_measure m
    on m.unit_code = o.unit_code and m.period = o.period and m.measure = 'attendances' and m.item_code = o.code
where o.subject = 'audience'
group by o.unit_code, o.period
having count(m.value) > 0;

-- The portal column: it stands there and had something new in the period -----------------------------------------------

insert into current_measure by name
select h.unit_code, h.period, 'portal_column_live' as measure, '' as item_code,
    (h.value = 1 and coalesce(p.value, 0) > 0)::integer::double as value
from current_measure h
join touched using (unit_code, period)
left join current_measure p
    on p.unit_code = h.unit_code and p.period = h.period and p.measure = 'products' and p.item_code = 'K0302'
where h.measure = 'has_portal_column';

-- What skills are a share of: the total that the row gives, else the number of the cover that it is of -------------------

insert into current_measure by name
select t.unit_code, t.period, 'skill_base' as measure, s.item_code, coalesce(b.value, c.value) as value
from touched t
cross join skill s
left join current_measure b
    on b.unit_code = t.unit_code and b.period = t.period and b.measure = 'base' and b.item_code = s.item_code
left join current_measure c on c.unit_code = t.unit_code and c.period = t.period and c.measure = s.base and c.item_code = ''
where s.base is not null and coalesce(b.value, c.value) is not null;

-- Online dossiers of the same period last year -------------------------------------------------------------------------

insert into current_measure by name
select m.unit_code, t.period, 'recv_online_year_before' as measure, '' as item_code, m.value
from touched t
join current_measure m
    on m.unit_code = t.unit_code and m.measure = 'recv_online' and m.item_code = 'TONG'
    and m.period = (left(t.period, 4)::integer - 1)::text || substr(t.period, 5);

-- Reporting: expected from the calendar, never from the data ------------------------------------------------------------

insert into current_measure by name
unpivot (
    select
        unit_code, period, '' as item_code,
        count(*)::double as reports_expected,
        count(*) filter (state <> 'missing')::double as reports_received,
        count(*) filter (state = 'accepted')::double as reports_accepted,
        count(*) filter (on_time)::double as reports_on_time,
        nullif(count(*) filter (state <> 'missing'), 0)::double as first_files,
        case when first_files is not null then count(*) filter (first_valid)::double end as first_files_valid,
        sum(days_late)::double as report_days_late
    from reporting
    join touched using (unit_code, period)
    group by unit_code, period
) on columns(* exclude (unit_code, period, item_code)) into name measure value value;

insert into current_measure by name
select unit_code, period, '' as item_code, unnest(['cells_required', 'cells_filled']) as measure,
    unnest([sum(cells_required)::double, sum(cells_filled)::double]) as value
from report
join touched using (unit_code, period)
group by unit_code, period
having sum(cells_required) > 0;

insert into current_measure by name
select unit_code, period, '' as item_code, unnest(['units_reporting', 'plans_issued']) as measure,
    unnest([1.0, bool_or(coalesce(has_plan, false))::integer::double]) as value
from touched_submission
where has_plan is not null
group by unit_code, period;
