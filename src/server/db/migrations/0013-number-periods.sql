-- A sequence of human numbers may begin again with every year, month or day: one counter for each. '' is the one that goes on for ever.
alter table numberings add column period text not null default '';
alter table numberings drop constraint numberings_pkey;
alter table numberings add primary key (object, period);
