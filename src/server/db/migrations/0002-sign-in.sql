-- Failed sign-ins, counted apart per (login, address) and per address, so that nobody can lock somebody else out from elsewhere.
-- Only hashes: people type passwords into the login box.
create table sign_in_failures (
  key bytea primary key,
  failures int not null,
  blocked_until timestamptz not null,
  last_at timestamptz not null default now()
);
create index sign_in_failures_last on sign_in_failures (last_at);
create index keys_user on keys (user_id);
