-- What formulas are made of where one expression would name a part twice, or could fail: none of these ever does, what cannot be is empty.

-- A number as a field keeps it: to so many places (ten at most where none are said), nothing beyond thirty digits.
create function formula_kept(given numeric, places int) returns numeric language sql immutable parallel safe as
$$ select case when abs(given) < 1e30 then case when places is null then trim_scale(round(given, 10)) else round(given, places) end end $$;

create function formula_mod(given numeric, divisor numeric) returns numeric language sql immutable parallel safe as
$$ select case when divisor <> 0 then given - divisor * floor(given / divisor) end $$;

create function formula_number(written text) returns numeric language plpgsql immutable parallel safe as $$
declare plain text := regexp_replace(written, '[\s,，¥￥元]', '', 'g');
begin
  if plain ~ '^[-+]?[0-9]{1,30}(\.[0-9]{1,10})?%?$' then
    return rtrim(plain, '%')::numeric * (case when plain like '%\%' then 0.01 else 1 end);
  end if;
  return null;
end $$;

-- Days of the years 1 to 9999 only.
create function formula_day(given timestamp) returns date language sql immutable parallel safe as
$$ select case when given >= '0001-01-01' and given < '10000-01-01' then given::date end $$;

create function formula_date(year numeric, month numeric, day numeric) returns date language plpgsql immutable parallel safe as $$
begin
  if year between 1 and 9999 and abs(month) <= 120000 and abs(day) <= 3700000 then
    return formula_day(make_date(trunc(year)::int, 1, 1) + make_interval(months => trunc(month)::int - 1, days => trunc(day)::int - 1));
  end if;
  return null;
end $$;

create function formula_after(given date, days numeric) returns date language plpgsql immutable parallel safe as $$
begin
  if abs(days) <= 3700000 then
    return formula_day(given + make_interval(days => floor(days)::int));
  end if;
  return null;
end $$;

-- 31 January and one month is the last day of February. `is_end`: the last day of that month.
create function formula_months(given date, months numeric, is_end boolean) returns date language plpgsql immutable parallel safe as $$
begin
  if abs(months) > 120000 then
    return null;
  end if;
  if is_end then
    return formula_day(date_trunc('month', given::timestamp) + make_interval(months => trunc(months)::int + 1, days => -1));
  end if;
  return formula_day(given + make_interval(months => trunc(months)::int));
end $$;

-- Whole months from one day to another.
create function formula_months_between(since date, until date) returns numeric language sql immutable parallel safe as
$$ select extract(year from age(until::timestamp, since::timestamp)) * 12 + extract(month from age(until::timestamp, since::timestamp)) $$;

-- Fields whose values are still being worked out for records that were there before, in steps.
create table field_fills (
  object text not null,
  name text not null,
  -- Up to which record, in the order of ids, and how many these are.
  last uuid,
  done int not null default 0,
  total int not null default 0,
  -- Whoever saved after this moment is looked at once more at the end.
  began text not null,
  primary key (object, name)
);
