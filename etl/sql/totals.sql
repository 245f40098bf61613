-- Brings what is summed up over units in step for the pairs in `touched(unit_code, period)`, after measures.sql and
-- indicators.sql: questions about all units would otherwise sum up anew what changes only with a load. Sums are rounded, so
-- that they are the same in whatever order they were added up.

-- What is touched: months, and the longer periods they are part of, which lie within a year. bit: 1 for January, 2 for
-- February, 4 for March ...

create or replace temp table touched_month as
select unit_code, period, left(period, 4) as year, 1 << (right(period, 2)::integer - 1) as bit
from touched join period using (period)
where kind = 'month';

create or replace temp table touched_longer as
select l.period, m.period as month, left(l.period, 4) as year, 1 << (right(m.period, 2)::integer - 1) as bit
from period l
join period m on left(m.period, 4) = left(l.period, 4) and m.date_from >= l.date_from and m.date_to <= l.date_to
where l.kind <> 'month' and m.kind = 'month'
qualify bool_or(m.period in (select period from touched_month)) over (partition by l.period);

-- unit_period: the work of each unit (counts of TC01, TC02, TC03), and what it did on each channel group, as one text
-- ("K01 active,K07 silent"). State: active | silent (owed and nothing made) | free (not owed and nothing made).
-- tasks_of: the month that its tasks are of.

delete from unit_period where (unit_code, period) in (select unit_code, period from touched_month);

insert into unit_period
with stated as (
    select
        m.unit_code, m.period, m.item_code,
        case when max(m.value) > 0 then 'active' when count(*) = 1 then 'free' else 'silent' end as state
    from current_measure m
    join touched_month using (unit_code, period)
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
    join touched_month using (unit_code, period)
    where c.indicator in ('TC01', 'TC02', 'TC03')
    group by c.unit_code, c.period
)
select unit_code, period, u.full_name as unit, u.name, u.kind, u.old_district, period as tasks_of, w.total, w.done,
    w.due, w.on_time, w.overdue, s.silences, s.cells
from spoken s
full join worked w using (unit_code, period)
join unit u using (unit_code)
order by period;

-- channel_total: what was made, used and reached (all that queries/channels.py tells), by where the units lie -------------

delete from channel_total where period in (select period from touched_month);

insert into channel_total
select
    m.period, u.kind, u.old_district, m.measure, m.item_code,
    if(m.measure = 'theme_spoken', m.theme_code, '') as theme_code,
    count(*) as units, sum((m.value > 0)::integer) as above, round(sum(m.value), 6) as total
from current_measure m
left join unit u using (unit_code)
where m.period in (select period from touched_month)
  and m.measure in (
      'channel_active', 'channel_kept', 'theme_spoken', 'products', 'airings', 'minutes', 'reach', 'interactions',
      'sessions', 'attendances'
  )
group by all
order by m.period;

-- channel_year: of that whose units are counted, in which months of a year a unit gave it, and in which of them more than 0,
-- as bits. What a unit must use (channel_kept) is above 0 wherever the unit was active on the channel, in months when it
-- need not be too.

create or replace temp table year_touched as
with of_month as (
    select t.unit_code, t.year, m.measure, m.item_code, if(m.measure = 'theme_spoken', m.theme_code, '') as theme_code,
        t.bit as given, if(m.value > 0, t.bit, 0) as above
    from touched_month t
    join current_measure m using (unit_code, period)
    where m.measure in ('channel_active', 'channel_kept', 'theme_spoken', 'products', 'attendances')
),
all_months as (
    from of_month
    union all
    select unit_code, year, 'channel_kept', item_code, '', 0, above from of_month where measure = 'channel_active'
    union all
    select unit_code, year, measure, item_code, theme_code, given & ~bits, above & ~bits
    from channel_year
    join (select unit_code, year, bit_or(bit) as bits from touched_month group by all) using (unit_code, year)
)
select unit_code, year, measure, item_code, theme_code, bit_or(given)::integer as given, bit_or(above)::integer as above
from all_months
group by all
having bit_or(given) > 0 or bit_or(above) > 0;

delete from channel_year where (unit_code, year) in (select unit_code, year from touched_month);

insert into channel_year from year_touched order by year;

-- channel_units: how many units gave it over a longer period, where each counts once. Sums are those of the months.

delete from channel_units where period in (select period from touched_longer);

insert into channel_units
with longer as (
    select period, year, bit_or(bit) as bits from touched_longer group by all
)
select l.period, u.kind, u.old_district, y.measure, y.item_code, y.theme_code, count(*) as units,
    sum((y.above & l.bits > 0)::integer) as above
from channel_year y
join longer l on l.year = y.year and y.given & l.bits > 0
left join unit u using (unit_code)
group by all
order by l.period;

-- unit_period of longer periods: on each channel group a unit's best month counts, of its tasks the latest.

delete from unit_period
where period in (select period from touched_longer) and unit_code in (select unit_code from touched_month);

insert into unit_period
with longer as (
    select period, year, bit_or(bit) as bits from touched_longer group by all
),
stated as (
    select y.unit_code, l.period, y.item_code,
        case when bool_or(y.above & l.bits > 0) then 'active' when count(*) = 1 then 'free' else 'silent' end as state
    from channel_year y
    join longer l on l.year = y.year and y.given & l.bits > 0
    where y.measure in ('channel_active', 'channel_kept') and y.unit_code in (select unit_code from touched_month)
    group by all
),
spoken as (
    select unit_code, period, sum((state = 'silent')::integer)::integer as silences,
        string_agg(item_code || ' ' || state, ',' order by item_code) as cells
    from stated group by unit_code, period
),
worked as (
    select l.unit_code, l.period, l.tasks_of, s.total, s.done, s.due, s.on_time, s.overdue
    from (
        select t.unit_code, l.period, max(t.period) as tasks_of
        from current_task t
        join touched_longer l on l.month = t.period
        where t.unit_code in (select unit_code from touched_month)
        group by all
    ) l
    left join unit_period s on s.unit_code = l.unit_code and s.period = l.tasks_of
)
select unit_code, period, u.full_name as unit, u.name, u.kind, u.old_district, w.tasks_of, w.total, w.done, w.due,
    w.on_time, w.overdue, s.silences, s.cells
from spoken s
full join worked w using (unit_code, period)
join unit u using (unit_code)
order by period;

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
