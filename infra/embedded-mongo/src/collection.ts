// One collection: a table of documents by encoded _id, and one table per index by encoded key.
import { duplicateKey, indexKeys, parseIndex, sameIndex, describeIndex, type IndexDef } from './indexes.ts';
import { MongoError, sqliteCode } from './errors.ts';
import { compileNormalized, normalizeFilter, type Test } from './filter.ts';
import { planQuery, type Plan } from './planner.ts';
import type { Storage } from './storage.ts';
import { decode, encode, encodeStored } from './codec.ts';
import { DATE_KEY_FLOOR, encodeKey, type Doc } from './values.ts';

const SQLITE_CONSTRAINT = 19;
/** Sorts after every key that begins with the bytes before it: no encoded value begins with 0xff. */
const AFTER = Buffer.of(0xff);

/** A stored document with its row number. */
export interface Row {
  readonly rid: number;
  readonly doc: Doc;
}

interface StoredIndex {
  readonly id: number;
  readonly def: IndexDef;
}

export class Collection {
  readonly id: number;
  readonly db: string;
  readonly name: string;
  readonly #storage: Storage;
  #indexes: StoredIndex[];

  constructor(storage: Storage, id: number, db: string, name: string) {
    this.#storage = storage;
    this.id = id;
    this.db = db;
    this.name = name;
    this.#indexes = storage
      .sql('SELECT id, spec FROM indexes WHERE collection = ? ORDER BY id')
      .all(id)
      .map((row) => ({ id: Number(row['id']), def: parseIndex(decode(row['spec'] as Uint8Array)) }));
  }

  /** Creates the table of a collection that has just entered the catalog. */
  static create(storage: Storage, id: number, db: string, name: string): Collection {
    storage.schema(
      `CREATE TABLE documents_${id} (rid INTEGER PRIMARY KEY AUTOINCREMENT, id_key BLOB NOT NULL UNIQUE, body BLOB NOT NULL)`,
    );
    return new Collection(storage, id, db, name);
  }

  get namespace(): string {
    return `${this.db}.${this.name}`;
  }

  get indexes(): IndexDef[] {
    return this.#indexes.map(({ def }) => def);
  }

  /** How many documents there are. */
  count(): number {
    return Number(this.#storage.sql(`SELECT count(*) AS n FROM documents_${this.id}`).get()?.['n'] ?? 0);
  }

  *#rows(plan: Plan): Generator<Row> {
    const table = `documents_${this.id}`;
    const seen = new Set<number>();
    const read = function* (rows: Iterable<Record<string, unknown>>): Generator<Row> {
      for (const row of rows) {
        const rid = Number(row['rid']);
        if (plan.by !== 'scan' && seen.has(rid)) continue;
        seen.add(rid);
        yield { rid, doc: decode(row['body'] as Uint8Array) };
      }
    };
    if (plan.by === 'scan')
      yield* read(this.#storage.sql(`SELECT rid, body FROM ${table} ORDER BY rid`).iterate());
    else if (plan.by === 'id') {
      for (const key of plan.keys)
        yield* read(this.#storage.sql(`SELECT rid, body FROM ${table} WHERE id_key = ?`).all(key));
    } else {
      const index = this.#stored(plan.index);
      const text = `SELECT d.rid, d.body FROM index_${index.id} i JOIN ${table} d ON d.rid = i.rid WHERE i.key >= ? AND i.key < ? ORDER BY i.key, i.rid`;
      for (const prefix of plan.prefixes) {
        yield* read(this.#storage.sql(text).iterate(prefix, Buffer.concat([prefix, AFTER])));
      }
    }
  }

  #stored(def: IndexDef): StoredIndex {
    const index = this.#indexes.find((candidate) => candidate.def === def);
    if (!index) throw new MongoError(27, `index not found with name [${def.name}]`);
    return index;
  }

  /** How a filter would find its documents. */
  plan(filter: unknown): Plan {
    return planQuery(normalizeFilter(filter), this.indexes);
  }

  /**
   * The documents that match a filter, in the order of the plan. Read it to its end, or stop early, before the next
   * command on the collection.
   */
  *find(filter: unknown, variables: Doc = {}): Generator<Row> {
    const normalized = normalizeFilter(filter);
    const matches: Test = compileNormalized(normalized, variables);
    for (const row of this.#rows(planQuery(normalized, this.indexes))) {
      if (matches(row.doc)) yield row;
    }
  }

  /** Turns SQLite's word that a key exists already into MongoDB's. */
  #unique<T>(name: string, key: Record<string, number>, doc: Doc, write: () => T): T {
    try {
      return write();
    } catch (error) {
      if (sqliteCode(error) !== SQLITE_CONSTRAINT) throw error;
      throw duplicateKey(this.namespace, name, key, doc);
    }
  }

  #addKeys(index: StoredIndex, rid: number, doc: Doc): void {
    const insert = this.#storage.sql(`INSERT INTO index_${index.id} (key, rid) VALUES (?, ?)`);
    for (const key of indexKeys(index.def, doc)) {
      this.#unique(index.def.name, index.def.key, doc, () => insert.run(key, rid));
    }
  }

  #removeKeys(index: StoredIndex, rid: number, doc: Doc): void {
    const remove = this.#storage.sql(`DELETE FROM index_${index.id} WHERE key = ? AND rid = ?`);
    for (const key of indexKeys(index.def, doc)) remove.run(key, rid);
  }

  /**
   * Stores a new document.
   * @throws MongoError 11000 when its _id or a unique key exists already, 10334 when it is too large.
   */
  insert(doc: Doc): void {
    const body = encodeStored(doc);
    const insert = this.#storage.sql(`INSERT INTO documents_${this.id} (id_key, body) VALUES (?, ?)`);
    const { lastInsertRowid } = this.#unique('_id_', { _id: 1 }, doc, () =>
      insert.run(encodeKey(doc['_id']), body),
    );
    for (const index of this.#indexes) this.#addKeys(index, Number(lastInsertRowid), doc);
  }

  /**
   * Puts a new version in a document's place. Returns whether anything changed.
   * @throws MongoError as `insert` does.
   */
  replace(row: Row, doc: Doc): boolean {
    const body = encodeStored(doc);
    if (body.equals(encode(row.doc))) return false;
    this.#storage.sql(`UPDATE documents_${this.id} SET body = ? WHERE rid = ?`).run(body, row.rid);
    for (const index of this.#indexes) {
      this.#removeKeys(index, row.rid, row.doc);
      this.#addKeys(index, row.rid, doc);
    }
    return true;
  }

  remove(row: Row): void {
    for (const index of this.#indexes) this.#removeKeys(index, row.rid, row.doc);
    this.#storage.sql(`DELETE FROM documents_${this.id} WHERE rid = ?`).run(row.rid);
  }

  /**
   * Creates an index over the documents that are there. Returns false when the same index exists already.
   * @throws MongoError 85 or 86 when it contradicts an existing one, 11000 when documents violate a unique one.
   */
  createIndex(def: IndexDef): boolean {
    const sameName = this.#indexes.find((index) => index.def.name === def.name);
    if (sameName && sameIndex(sameName.def, def)) return false;
    if (sameName)
      throw new MongoError(86, `An existing index has the same name as the requested index: ${def.name}`);
    const keys = JSON.stringify(Object.entries(def.key));
    const sameKeys = this.#indexes.find((index) => JSON.stringify(Object.entries(index.def.key)) === keys);
    if (sameKeys)
      throw new MongoError(85, `Index already exists with a different name or options: ${sameKeys.def.name}`);
    const { lastInsertRowid } = this.#storage
      .sql('INSERT INTO indexes (collection, spec) VALUES (?, ?)')
      .run(this.id, encode(describeIndex(def)));
    const index = { id: Number(lastInsertRowid), def };
    // SQLite itself keeps a unique index unique: there the key alone is the primary key.
    const primary = def.unique ? 'key' : 'key, rid';
    this.#storage.schema(
      `CREATE TABLE index_${index.id} (key BLOB NOT NULL, rid INTEGER NOT NULL, PRIMARY KEY (${primary})) WITHOUT ROWID`,
    );
    for (const { rid, doc } of this.#rows({ by: 'scan' })) this.#addKeys(index, rid, doc);
    this.#indexes.push(index);
    return true;
  }

  /** Drops an index. */
  dropIndex(def: IndexDef): void {
    const { id } = this.#stored(def);
    this.#storage.sql('DELETE FROM indexes WHERE id = ?').run(id);
    this.#storage.schema(`DROP TABLE index_${id}`);
    this.#indexes = this.#indexes.filter((index) => index.id !== id);
  }

  /** Drops all tables of the collection; the catalog is the caller's. */
  dropTables(): void {
    for (const def of this.indexes) this.dropIndex(def);
    this.#storage.schema(`DROP TABLE documents_${this.id}`);
  }

  /** Removes up to `limit` documents whose date in a TTL index has passed. Returns how many there were. */
  removeExpired(def: IndexDef, now: Date, limit: number): number {
    const due = new Date(now.getTime() - (def.expireAfterSeconds ?? 0) * 1000);
    const rows = this.#storage
      .sql(
        `SELECT DISTINCT d.rid, d.body FROM index_${this.#stored(def).id} i JOIN documents_${this.id} d ON d.rid = i.rid WHERE i.key >= ? AND i.key <= ? LIMIT ?`,
      )
      .all(DATE_KEY_FLOOR, encodeKey(due), limit);
    for (const row of rows) this.remove({ rid: Number(row['rid']), doc: decode(row['body'] as Uint8Array) });
    return rows.length;
  }
}
