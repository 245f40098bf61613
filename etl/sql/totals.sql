-- Brings what is summed up over units in step for the pairs in `touched(unit_code, period)`, after measures.sql and
-- indicators.sql: questions about all units would otherwise sum up anew what changes only with a load. Sums are rounded, so
-- that they are the same in whatever order they were added up.

-- channel_state: what each unit did on each channel group, as one text ("K01 active,K07 silent") -------------------------
-- state: active | silent (owed and nothing made) | free (not owed and nothing made).

delete from channel_state where (unit_code, period) in (select unit_code, period from touched);

insert into channel_state
select
    s.unit_code, s.period, any_value(u.full_name) as unit, any_value(u.name) as name, any_value(u.kind) as kind,
    any_value(u.old_district) as old_district, sum((s.state = 'silent')::integer)::integer as silences,
    string_agg(s.channel_code || ' ' || s.state, ',' order by s.channel_code) as cells
from (
    select
        m.unit_code, m.period, m.item_code as channel_code,
        case when max(m.value) > 0 then 'active' when count(*) = 1 then 'free' else 'silent' end as state
    from current_measure m
    join touched using (unit_code, period)
    where m.measure in ('channel_active', 'channel_kept')
    group by m.unit_code, m.period, m.item_code
) s
join unit u using (unit_code)
group by s.unit_code, s.period
order by s.period;

-- channel_total: what was made, used and reached, by where the units lie -------------------------------------------------

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
