/** Queries and changes with what only Redshift has: each form of the grammar at least once. */
export const redshiftStatements: readonly string[] = `
select top 3 a, b from t order by a
select distinct top 2 a from t
select * exclude (a, b), t.* exclude c from t
select a from t minus select a from u
select a, rank() over (order by b) as r from t where c qualify r = 1 order by a limit 3
select lag(a) ignore nulls over (order by b), first_value(a ignore nulls) over (order by b), last_value(a) respect nulls over (order by b) from t
select approximate count(distinct a), approximate percentile_disc(0.5) within group (order by a) from t
select listagg(distinct a, ',') within group (order by a) from t
select convert(varchar(max), a), try_cast(a as int), a::varchar(max), cast(b as super), c::varbyte(10) from t
select sysdate, current_namespace, current_user_id from t
select dateadd(month, 1, a), datediff(day, a, b), date_part(dow, a), date_trunc('month', a) from t
select l.doc.items[0].sku, l.doc['a'] from line l where l.doc.n = 1
select i.a, k from line l, l.items as i at k, i.tags[0].more as m
select key, value from t, unpivot t.doc as value at key
select * from (select a, b, c from t) pivot (sum(c) as total, count(*) for b in ('x' as x, 'y')) as p
select * from t unpivot include nulls (value for name in (a, b as other)) as u
select * from #stage s join u on s.a = u.a(+)
select a into #kept from t
select id, level from t start with id = 1 connect by nocycle prior id = parent
select a, count(*) from t group by all
merge into t using u on t.a = u.a remove duplicates
merge into t using u on t.a = u.a when matched then update set b = u.b when not matched then insert values (u.a, u.b)
select dev.s.t.a, s.t.b from dev.s.t
select array(1, 2), object('a', 1), isnull(a, b), nvl2(a, b, c), decode(a, 1, 'x', 'y') from t
`
  .trim()
  .split("\n");
