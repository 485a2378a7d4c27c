import { randomInt } from 'node:crypto';
import type { KeyValue } from '../bson/key.ts';
import type { Document } from '../bson/value.ts';
import type { Collection, Index } from './catalog.ts';
import type { Connection } from './connection.ts';
import { describeIndex } from './indexSpec.ts';

/** An index that is being filled while writes go on. */
export interface BuildingIndex {
  readonly index: Index;
  /** Keys that two documents had when one of them was stored, each with the values for the message. */
  readonly doubtful: Map<string, readonly KeyValue[]>;
}

/** From here on number indexes under construction, so that a table that a crash left behind is told by its name. */
export const firstBuildingId = 1_000_000_000_000;

/** Makes an empty index that is filled while writes go on, each of which it takes part in from now on. */
export function startIndex(connection: Connection, collection: Collection, spec: Document): BuildingIndex {
  const index = describeIndex(firstBuildingId + randomInt(2 ** 40), spec, false);
  connection.exec(
    `CREATE TABLE i_${index.id} (k BLOB NOT NULL, rid INTEGER NOT NULL, PRIMARY KEY (k, rid)) WITHOUT ROWID`,
  );
  const building = { index, doubtful: new Map() };
  collection.building.push(building);
  return building;
}

/** Writes take no more part in it. */
export function leaveBuilding(collection: Collection, building: BuildingIndex): void {
  const at = collection.building.indexOf(building);
  if (at >= 0) collection.building.splice(at, 1);
}

export function abandonIndex(connection: Connection, collection: Collection, building: BuildingIndex): void {
  leaveBuilding(collection, building);
  connection.exec(`DROP TABLE IF EXISTS i_${building.index.id}`);
}

/** Drops what a crash left of indexes under construction. */
export function dropLeftovers(connection: Connection): void {
  for (const [name] of connection.rows("SELECT name FROM sqlite_master WHERE type = 'table'")) {
    const [, id] = /^i_(\d+)$/.exec(String(name)) ?? [];
    if (Number(id) >= firstBuildingId) connection.exec(`DROP TABLE ${name}`);
  }
}
