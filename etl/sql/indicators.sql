-- Brings `current_indicator` in step for the pairs in `touched(unit_code, period)`, after measures.sql.

-- Indicators: each side the sum of its measures; a side with a measure missing is missing --------------------------------

delete from current_indicator where (unit_code, period) in (select unit_code, period from touched);

insert into current_indicator by name
with side as (
    select m.unit_code, m.period, t.indicator, t.side, sum(t.coefficient * m.value) as total
    from current_measure m
    join touched using (unit_code, period)
    join indicator_term t on t.measure = m.measure and m.item_code glob t.items
    group by m.unit_code, m.period, t.indicator, t.side
    having bit_or(t.measure_bit) = any_value(t.all_bits)
)
select
    i.indicator, n.unit_code, n.period,
    case when i.denominator is null or d.total is not null then n.total end as numerator,
    case when n.total is not null then d.total end as denominator
from indicator i
join side n on n.indicator = i.indicator and n.side = 'numerator'
left join side d on d.indicator = i.indicator and d.side = 'denominator' and d.unit_code = n.unit_code and d.period = n.period
order by n.period, i.indicator;
