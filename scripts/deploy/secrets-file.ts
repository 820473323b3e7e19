/** A file of secrets in the forms that wrangler takes: NAME=value lines, or a JSON object. */
import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import * as z from 'zod'
import { CommandError } from '../../src/cli/shared/command.ts'

export function readSecrets(path: string): Record<string, unknown> {
  const text = readText(path)
  if (!text.trimStart().startsWith('{')) return parseEnv(text)
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text))
  } catch {
    throw new CommandError(`Cannot read "${path}": it is neither NAME=value lines nor a JSON object`)
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new CommandError(`Cannot read "${path}": ${error instanceof Error ? error.message : error}`)
  }
}
