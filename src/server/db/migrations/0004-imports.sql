-- One file on its way into an object, from upload to receipt. The file itself waits in the data folder.
create table imports (
  id uuid primary key,
  object text not null,
  viewer_id uuid not null,
  state text not null,
  -- How the file is called at its owner's, and where it waits.
  file text not null,
  path text not null,
  bytes bigint not null,
  -- What the reader found out: format, encoding, sheets, sha256, findings.
  info jsonb not null default '{}',
  -- What a person chose: sheet, headerRow, encoding, columns, fixes.
  choices jsonb not null default '{}',
  -- Kept only until the file has been read.
  password text,
  header_row int,
  -- The header's words, to know a file of the same shape again.
  shape text,
  mapping jsonb not null default '[]',
  mode text not null default 'create',
  match_field text,
  reason text,
  -- Grows with every change of the choices: a step that was begun for an older one stops.
  attempt int not null default 1,
  counts jsonb not null default '{}',
  kinds jsonb not null default '[]',
  done int not null default 0,
  total int not null default 0,
  -- The last row of the file that is written, in the transaction that wrote it: what makes a commit go on exactly where it stopped.
  committed_row int not null default 0,
  refusal jsonb,
  batch_id uuid,
  is_undoing boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index imports_viewer on imports (viewer_id, created_at desc);
create index imports_shape on imports (viewer_id, object, shape, created_at desc);

-- The understood rows of a file. Unlogged: after a crash of the database it is empty, and filled again from the file.
create unlogged table import_rows (
  import_id uuid not null,
  row int not null,
  -- create, update, contact (one more contact for the record of another row), skip, refuse
  outcome text not null,
  is_doubtful boolean not null,
  record_id uuid,
  -- The row whose record this row belongs to.
  same_as int,
  -- The name without widths, blanks and legal form: how customers are recognised.
  name_key text,
  "values" json not null,
  contact json,
  kept json,
  -- Original cells, secrets masked: for the problem file.
  cells json not null,
  findings jsonb,
  primary key (import_id, row)
);

create table exports (
  id uuid primary key,
  object text not null,
  viewer_id uuid not null,
  state text not null,
  format text not null,
  query jsonb not null,
  name text not null,
  path text,
  rows int not null default 0,
  bytes bigint,
  sha256 text,
  refusal jsonb,
  created_at timestamptz not null default now(),
  finished_at timestamptz
);
create index exports_viewer on exports (viewer_id, created_at desc);
