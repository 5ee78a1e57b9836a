/**
 * Queries and changes that Redshift and PostgreSQL read alike, so that PostgreSQL's own grammar can judge how ours reads
 * them: each form of the grammar at least once, operators beside each other in most ways there are.
 */
export const sharedStatements: readonly string[] = String.raw`
select 1
select 'it''s', 1.5e3, .5, 5., $1, null, true, false
select 'one'\n  'two'
select a, b as c, c d, "Mixed" as "Case", t.a, s.t.a, t.* from s.t as t
select all a from t
select distinct a, b from t where a = 1 and b = 2 and c = 3 or d = 4 or not e
select a + b * c - d / e % f ^ g ^ h from t
select -a + b, - -a, -(a + b), +a, - 1, -1, 2 - -1 from t
select -a ^ b, -a::int, - a at time zone 'UTC' from t
select a || b + c, a + b || c, a || b || c, (a || b) || (c || d) from t
select a & b | c # d << 2 >> 1, ~a & b, ~ a + b, @ a, |/ a, ||/ (a + 1) from t
select a ~ b || c, a !~ '^x', a ~ b and c from t
select x = y like z, a like b escape '!' and c, a not ilike b, a similar to b, a not similar to b escape 'x' from t
select a between 1 + 1 and b || c and d, a not between b and c or d from t
select a in (1, 2, 3), a not in (select b from u), (a, b) in (select c, d from u), (a, b) = (1, 2) from t
select a is null, (a = b) is not true, a is unknown, a + b is null, not a is null, a isnull, a notnull from t
select a is distinct from b, a is not distinct from b + 1 from t
select a = not b, a = not b and c, not a = b, not not a, not a between 1 and 2 from t
select a < b and c >= d or e <> f, a != b, a + 1 <= b * 2 from t
select a = any (select b from u), a > all (select b from u), a <> some (select b from u) from t
select case when a then 1 end, case a when 1 then 'x' when 2 then 'y' else 'z' end from t
select case when a then case b when c then d end else -1 end + 1 from t
select cast(a as int), a::varchar(10)::char(3), a::numeric(10, 2), a::double precision, (a + b)::bigint from t
select a::timestamp with time zone, a::timestamp without time zone, a::time, a::character varying(3), a::s.t from t
select date '2026-03-01', timestamp '2026-03-01 10:00', timestamp with time zone '2026-03-01 10:00+01', interval '1 day'
select interval '3' year, interval '1-2' year to month, interval '4 5:06' day to minute, interval '7' second(2)
select extract(year from a), extract(epoch from a - b), extract(dow from date '2026-03-01') from t
select substring(a from 2 for 3), substring(a from 2), substring(a for 3), substring(a, 2, 3), position('x' in a || b) from t
select trim(a), trim(both 'x' from a), trim(leading from a), trim(trailing 'y' from b), trim('x' from a) from t
select a at time zone 'UTC', a at time zone b || c, a + b at time zone 'UTC' at time zone 'CET' from t
select exists (select 1 from t where a = b), not exists (select 1 from t), (select max(a) from t) + 1
select count(*), count(a), count(distinct a), sum(all a), s.f(a, b), f(), min((a + b) * 2) from t
select coalesce(a, b, 1), nullif(a, b), greatest(a, b), least(a, b), left(a, 1), right(b, 2) from t
select current_date, current_timestamp, current_user, session_user, user, localtimestamp
select rank() over (order by a), sum(a) over (partition by b, c order by d desc nulls last, e asc nulls first) from t
select sum(a) over (order by b rows unbounded preceding), avg(a) over (partition by c order by b rows between 2 preceding and 1 following) from t
select sum(a) over (order by b range between unbounded preceding and current row), count(*) over () from t
select percentile_cont(0.5) within group (order by a desc) from t
select a[1], (b.c).d, (f(a)).b from t
select a from t, s.u as v, (select 1 as x) as y
select * from t join u on t.a = u.a left join v using (a, b) right outer join w on true full join x on a = b cross join y
select * from t natural join u natural left join v
select * from t join (u join v on u.a = v.a) on t.a = u.a
select * from t join u join v on u.a = v.a on t.a = u.a
select * from (t join u using (a)) join v using (b)
select * from (select a, b from t) as x (c, d), u as y (e)
select * from generate_series(1, 10) as g (n)
select a, count(*) from t group by a, b + 1 having count(*) > 1 and max(b) < 5
select a, b, sum(c) from t group by rollup (a, b)
select a, b, sum(c) from t group by cube (a, b), c
select a, b, sum(c), grouping(a, b) from t group by grouping sets ((a, b), a, (), rollup (b, c))
select a from t order by a, b desc, 3 asc, c + 1 nulls first limit 10 offset 5
select a from t offset 5 rows
select a from t limit $1 offset $2
select a from t union select b from u
select a from t union all select b from u union select c from v
select a from t union select b from u intersect select c from v except select d from w
select a from t except (select b from u union all select c from v)
(select a from t order by b limit 1) union all (select c from u) order by 1 limit 5
((select 1))
with x as (select 1 as a), y (b, c) as (select a, 2 from x) select * from x, y
with recursive n (i) as (select 1 union all select i + 1 from n where i < 10) select i from n
select (with x as (select 1) select * from x), a in (with y as (select 2) select * from y) from t
select a into u from t where b
select a into temp u from t
insert into t values (1, 'a', default), (2, null, current_date)
insert into s.t (a, "B") values ($1, $2)
insert into t select * from u where a > 1
insert into t (a) (select b from u)
insert into t with x as (select 1) select * from x
insert into t default values
update t set a = 1, b = default, c = c + 1
update s.t as x set a = y.a from u as y join v on y.b = v.b where x.c = y.c
with x as (select 1 as a) update t set a = x.a from x where t.b = x.a
delete from t
delete from s.t as x using u, v where x.a = u.a and u.b = v.b
with x as (select 1 as a) delete from t using x where t.a = x.a
merge into t using u on t.a = u.a when matched then update set b = u.b when not matched then insert values (u.a, u.b)
merge into s.t as x using (select * from u) as y on x.a = y.a when matched then delete when not matched then insert (a, b) values (y.a, default)
select a.b.c.d from a.b.c
select "quoted ""name""", "select" from "Order"
select e'tab\\t', 'back\\\\slash'
select f(a, f(b, f(c, d))) from t where (((a)))
select 1 as year, 2 as "user", 3 as left
select x.year, x.month, x.day, x.zone, x.value, x.type, x.name, x.level from x
`
  .trim()
  .split("\n")
  .map((statement) => statement.replace(/\\n/g, "\n").replace(/\\\\/g, "\\"));
