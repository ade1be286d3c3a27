// What the children say, line by line: readable for a person, and untouched for whatever collects logs in production.
import { prettyFactory } from 'pino-pretty';
import type { Settings } from './settings.ts';

/** Writes one line of the named process. */
export type LineWriter = (name: string, line: string) => void;

const NAME_WIDTH = 10;

function isRecord(line: string): boolean {
  return line.startsWith('{') && line.includes('"level"');
}

/** In production lines pass through as they are; else pino's JSON becomes `12:01:02 api-server INFO: listening`. */
export function lineWriter(
  { nodeEnv }: Pick<Settings, 'nodeEnv'>,
  out: NodeJS.WritableStream & { isTTY?: boolean },
): LineWriter {
  if (nodeEnv === 'production') return (_name, line) => out.write(`${line}\n`);
  const pretty = prettyFactory({
    colorize: out.isTTY === true,
    translateTime: 'SYS:HH:MM:ss',
    ignore: 'pid,hostname,name',
    singleLine: true,
  });
  return (name, line) => {
    const text = isRecord(line) ? pretty(line) : `${line}\n`;
    out.write(`${name.padEnd(NAME_WIDTH)} ${text}`);
  };
}

/** A line of our own, in the form in which the servers log: pino's level 30 is info, 40 is warn. */
export function logRecord(level: 30 | 40, msg: string): string {
  return JSON.stringify({ level, time: Date.now(), name: 'supervisor', msg });
}
