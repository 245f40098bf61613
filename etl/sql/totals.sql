-- Brings what is summed up over units in step for the pairs in `touched(unit_code, period)`, after measures.sql and
-- indicators.sql: questions about all units would otherwise sum up anew what changes only with a load. Sums are rounded, so
-- that they are the same in whatever order they were added up.

-- unit_month: the work of each unit (counts of TC01, TC02, TC03), and what it did on each channel group, as one text
-- ("K01 active,K07 silent"). State: active | silent (owed and nothing made) | free (not owed and nothing made).

delete from unit_month where (unit_code, period) in (select unit_code, period from touched);

insert into unit_month
with stated as (
    select
        m.unit_code, m.period, m.item_code,
        case when max(m.value) > 0 then 'active' when count(*) = 1 then 'free' else 'silent' end as state
    from current_measure m
    join touched using (unit_code, period)
    where m.measure in ('channel_active', 'channel_kept')
    group by m.unit_code, m.period, m.item_code
),
spoken as (
    select unit_code, period, sum((state = 'silent')::integer)::integer as silences,
        string_agg(item_code || ' ' || state, ',' order by item_code) as cells
    from stated group by unit_code, period
),
worked as (
    select c.unit_code, c.period,
        max(case c.indicator when 'TC01' then c.denominator end) as total,
        max(case c.indicator when 'TC01' then c.numerator end) as done,
        max(case c.indicator when 'TC02' then c.denominator end) as due,
        max(case c.indicator when 'TC02' then c.numerator end) as on_time,
        max(case c.indicator when 'TC03' then c.numerator end) as overdue
    from current_indicator c
    join touched using (unit_code, period)
    where c.indicator in ('TC01', 'TC02', 'TC03')
    group by c.unit_code, c.period
)
select unit_code, period, u.full_name as unit, u.name, u.kind, u.old_district, w.total, w.done, w.due, w.on_time,
    w.overdue, s.silences, s.cells
from spoken s
full join worked w using (unit_code, period)
join unit u using (unit_code)
order by period;

-- channel_total: what was made, used and reached (all that queries/channels.py tells), by where the units lie -------------

delete from channel_total where period in (select period from touched);

insert into channel_total
select
    m.period, u.kind, u.old_district, m.measure, m.item_code,
    if(m.measure = 'theme_spoken', m.theme_code, '') as theme_code,
    count(*) as units, sum((m.value > 0)::integer) as above, round(sum(m.value), 6) as total
from current_measure m
left join unit u using (unit_code)
where m.period in (select period from touched)
  and m.measure in (
      'channel_active', 'channel_kept', 'theme_spoken', 'products', 'airings', 'minutes', 'reach', 'interactions',
      'sessions', 'attendances'
  )
group by all
order by m.period;

-- indicator_total: both sides of each indicator over the units that have it, by where they lie ----------------------------

delete from indicator_total where period in (select period from touched);

insert into indicator_total
select
    c.period, u.kind, u.old_district, c.indicator, round(sum(c.numerator), 6) as numerator,
    round(sum(c.denominator), 6) as denominator, count(*) as units
from current_indicator c
left join unit u using (unit_code)
where c.period in (select period from touched) and c.numerator is not null
group by all
order by c.period;

-- indicator_carried: what a unit has in a month and not in the month after, so that it is carried forward to the end of a
-- longer period, `until` the unit has the indicator again. What the last month has is all carried. A unit's numbers may change
-- what is carried from the year before, and no period is longer than a year.

create or replace temp table carried_of as
select distinct unit_code, period
from (select distinct unit_code from touched), period
where kind = 'month' and left(period, 4)::integer between
    (select min(left(period, 4))::integer - 1 from touched) and (select max(left(period, 4))::integer from touched);

delete from indicator_carried where (unit_code, period) in (from carried_of);

insert into indicator_carried
with month as (
    select period, lead(period) over (order by date_from) as next from period where kind = 'month'
),
followed as (
    select c.*, m.next, lead(c.period) over (partition by c.unit_code, c.indicator order by c.period) as until
    from current_indicator c
    join month m using (period)
    where c.numerator is not null and c.unit_code in (select unit_code from touched)
      and c.period >= (select min(period) from carried_of)
)
select f.period, f.until, f.unit_code, u.kind, u.old_district, f.indicator, f.numerator, f.denominator
from followed f
join carried_of using (unit_code, period)
left join unit u using (unit_code)
where f.until is distinct from f.next
order by f.period, f.indicator;
