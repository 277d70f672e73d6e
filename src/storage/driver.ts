import type Sqlite from 'better-sqlite3';

/** better-sqlite3 13 is built for this Node-API version, which Node 20 lacks: it would crash there. */
const NODE_API = 10;

/**
 * The driver that fits this Node. Version 12 aborts the process on Node 24.19 and later as soon as a statement is
 * collected (nodejs/node issue 65446), so it serves Node 20 alone.
 */
export function loadDriver(): typeof Sqlite {
  const fits = Number(process.versions['napi'] ?? '0') >= NODE_API;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- which package it is depends on the Node it runs on
  return (fits ? require('better-sqlite3') : require('better-sqlite3-for-node-20')) as typeof Sqlite;
}
