-- The second change that the app may ask for: the column of a field that got another type is called otherwise, so that whoever still means the old one
-- finds it gone and begins again, instead of writing where nobody reads. It waits as `add_field_column` does.
create function rename_field_column(of_table text, column_name text, becomes text) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  patience text := current_setting('lock_timeout');
begin
  if column_name !~ '^f_[a-z0-9]{1,40}$' or becomes !~ '^f_[a-z0-9]{1,40}$'
     or not exists (select from pg_attribute where attrelid = to_regclass(quote_ident(of_table)) and attname = 'owner_department_id') then
    raise exception 'not a field: % % %', of_table, column_name, becomes;
  end if;
  for attempt in 1..40 loop
    begin
      perform set_config('lock_timeout', '50ms', true);
      execute format('alter table %I rename column %I to %I', of_table, column_name, becomes);
      perform set_config('lock_timeout', patience, true);
      return;
    exception when lock_not_available then
      perform pg_sleep(0.2);
    end;
  end loop;
  raise exception 'the table is in use' using errcode = '55P03';
end $$;
revoke execute on function rename_field_column from public;
