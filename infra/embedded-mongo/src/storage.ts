// SQLite underneath: one file, one writer, one catalog of collections. A command runs inside one transaction, and
// its answer leaves only after COMMIT.
import { chmodSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { Collection } from './collection.ts';
import { MongoError, sqliteCode } from './errors.ts';

const SQLITE_BUSY = 5;

/** A database file, opened by this process alone. */
export class Storage {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #collections = new Map<string, Collection>();
  #catalogChanged = false;

  /**
   * Opens the file, creating it if need be. The lock is SQLite's own lock on the file, which the kernel releases
   * when the process ends in any way, so nothing stale is ever left behind.
   * @throws Error when another process holds the file.
   */
  constructor(file: string) {
    this.#db = new DatabaseSync(file, { timeout: 0 });
    try {
      chmodSync(file, 0o600);
      this.#db.exec(`
        PRAGMA locking_mode = EXCLUSIVE;
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = NORMAL;
        PRAGMA cache_size = -65536;
        BEGIN IMMEDIATE;
        CREATE TABLE IF NOT EXISTS catalog (id INTEGER PRIMARY KEY AUTOINCREMENT, db TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (db, name));
        CREATE TABLE IF NOT EXISTS indexes (id INTEGER PRIMARY KEY AUTOINCREMENT, collection INTEGER NOT NULL, spec BLOB NOT NULL);
        COMMIT;
      `);
    } catch (error) {
      this.#db.close();
      if (sqliteCode(error) !== SQLITE_BUSY) throw error;
      throw new Error(
        `The embedded database is already running on ${file}: another process holds its lock.`,
        { cause: error },
      );
    }
    this.#load();
  }

  /** A prepared statement, kept for the next time. */
  sql(text: string): StatementSync {
    let statement = this.#statements.get(text);
    if (!statement) {
      statement = this.#db.prepare(text);
      this.#statements.set(text, statement);
    }
    return statement;
  }

  /** Runs a schema change; statements prepared before it are prepared again when next used. */
  schema(text: string): void {
    this.#catalogChanged = true;
    this.#statements.clear();
    this.#db.exec(text);
  }

  /** Runs `work` in a transaction; whatever it throws undoes all of it. */
  transaction<T>(work: () => T): T {
    this.sql('BEGIN IMMEDIATE').run();
    this.#catalogChanged = false;
    try {
      const result = work();
      this.sql('COMMIT').run();
      return result;
    } catch (error) {
      // SQLite has already rolled back by itself when, say, the disk is full.
      if (this.#db.isTransaction) this.sql('ROLLBACK').run();
      if (this.#catalogChanged) this.#load();
      throw error;
    }
  }

  /** Runs one write of a batch: when it fails, it alone is undone and the batch may go on. */
  savepoint<T>(work: () => T): T {
    this.sql('SAVEPOINT one').run();
    try {
      const result = work();
      this.sql('RELEASE one').run();
      return result;
    } catch (error) {
      this.sql('ROLLBACK TO one').run();
      this.sql('RELEASE one').run();
      // The failed write may have been the one that created its collection.
      if (this.#catalogChanged) this.#load();
      throw error;
    }
  }

  /** Moves the write-ahead log into the file and syncs both, so that what is committed survives a power cut. */
  sync(): void {
    this.#db.exec('PRAGMA wal_checkpoint(FULL)');
  }

  #load(): void {
    this.#collections = new Map();
    for (const row of this.#db.prepare('SELECT id, db, name FROM catalog ORDER BY id').all()) {
      const collection = new Collection(this, Number(row['id']), String(row['db']), String(row['name']));
      this.#collections.set(collection.namespace, collection);
    }
  }

  collection(db: string, name: string): Collection | undefined {
    return this.#collections.get(`${db}.${name}`);
  }

  /** The collection, created if it is not there. Call it inside a transaction. */
  ensureCollection(db: string, name: string): Collection {
    const existing = this.collection(db, name);
    if (existing) return existing;
    if (name === '' || name.includes('\0') || name.includes('$') || name.startsWith('system.')) {
      throw new MongoError(73, `Invalid collection name: ${name}`);
    }
    this.#catalogChanged = true;
    const { lastInsertRowid } = this.sql('INSERT INTO catalog (db, name) VALUES (?, ?)').run(db, name);
    const collection = Collection.create(this, Number(lastInsertRowid), db, name);
    this.#collections.set(collection.namespace, collection);
    return collection;
  }

  /** Drops a collection with its documents and indexes. Call it inside a transaction. */
  dropCollection(collection: Collection): void {
    collection.dropTables();
    this.sql('DELETE FROM catalog WHERE id = ?').run(collection.id);
    this.#collections.delete(collection.namespace);
  }

  collections(): Collection[] {
    return [...this.#collections.values()];
  }

  /** Closes the file after moving the write-ahead log into it. */
  close(): void {
    this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    this.#db.close();
  }
}
