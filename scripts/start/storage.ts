/** The folder that one kind of registry keeps its data in, and what else lies there: the admin token and the Worker's variables. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MIN_TOKEN_LENGTH } from '../../src/core/settings/setting.ts'

/** Only the owner may read it. `wx`, because a file that is there keeps the mode it has. */
const SECRET_FILE = { mode: 0o600, flag: 'wx' }

export interface Storage {
  /** Where wrangler keeps the registry's data. */
  state: string
  varsFile: string
  tokenFile: string
  /** There once the registry has data. */
  filledFile: string
}

export function openStorage(folder: string): Storage {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return {
    state: join(folder, 'state'),
    varsFile: join(folder, 'worker.env'),
    tokenFile: join(folder, 'admin-token'),
    filledFile: filledFileIn(folder),
  }
}

/** Whether the registry that keeps its data there got any. */
export const isFilled = (folder: string): boolean => existsSync(filledFileIn(folder))

export const markFilled = ({ filledFile }: Storage): void => writeFileSync(filledFile, '')

const filledFileIn = (folder: string): string => join(folder, 'filled')

/** The token generated at the first start. */
export function keepAdminToken({ tokenFile }: Storage): string {
  const kept = existsSync(tokenFile) ? readFileSync(tokenFile, 'utf8').trim() : ''
  // A shorter file was cut off.
  if (kept.length >= MIN_TOKEN_LENGTH) return kept
  const token = randomBytes(24).toString('hex')
  writeSecret(tokenFile, `${token}\n`)
  return token
}

export function writeSecret(file: string, text: string): void {
  removeFile(file)
  writeFileSync(file, text, SECRET_FILE)
}

export function removeFile(file: string): void {
  rmSync(file, { force: true })
}
