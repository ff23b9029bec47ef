-- A save only notes that its record waits for a new search document. Notes are never updated and may be doubled,
-- so that no save ever waits for whoever makes the documents.
alter table search_dirty rename to search_waiting;
alter table search_waiting drop constraint search_dirty_pkey;
create index search_waiting_by_object on search_waiting (object, id);
-- Entries of new documents gather in a list, which a search reads along with the index, and are merged by the thousand: a twentieth of the work.
drop index search_doc_tsv;
create index search_doc_tsv on search_doc using gin (tsv);
