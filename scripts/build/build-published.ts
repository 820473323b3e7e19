/** The published package: the client with the part of core that it needs, and the command. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { labelledLines } from '../../src/cli/shared/table.ts'
import { buildCommand } from './build-command.ts'
import { buildPackage } from './build-package.ts'

const ROOMS = ['client', 'core', 'cli']

/** Writes it to a folder, and returns one line per room. */
export async function buildPublished(folder: string): Promise<string> {
  buildPackage(folder)
  await buildCommand(folder)
  return labelledLines(ROOMS.map((room) => [`dist/${room}`, describeFolder(join(folder, room))] as const)).join('\n')
}

function describeFolder(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const bytes = files.reduce((sum, { name, parentPath }) => sum + statSync(join(parentPath, name)).size, 0)
  return `${files.length} files, ${Math.round(bytes / 1000)} kB`
}
