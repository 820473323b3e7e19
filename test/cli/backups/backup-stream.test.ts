import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BackupCheck } from '../../../src/cli/commands/backup/backup-check.ts'
import { wholeLines } from '../../../src/cli/commands/backup/whole-lines.ts'
import { type Part, partsOf } from '../../../src/cli/commands/restore/parts.ts'
import { backupText } from '../../support/cli/backup-text.ts'

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = []
  for await (const item of items) collected.push(item)
  return collected
}

async function* inChunks(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
}

function partsOfText(text: string, maxBytes: number, chunk = 7): Promise<Part[]> {
  return collect(partsOf(wholeLines(inChunks(text, chunk)), maxBytes))
}

function check(text: string): number {
  const backup = new BackupCheck()
  for (const line of text.slice(0, -1).split('\n')) backup.take(line)
  return backup.end().seq
}

describe('wholeLines()', () => {
  it('returns the same lines however the bytes are split into chunks', async () => {
    const Line = fc.string({ unit: 'grapheme' }).filter((line) => !line.includes('\n'))
    await fc.assert(
      fc.asyncProperty(fc.array(Line), fc.integer({ min: 1, max: 20 }), async (lines, size) => {
        const text = lines.map((line) => `${line}\n`).join('')
        expect((await collect(wholeLines(inChunks(text, size)))).flat()).toEqual(lines)
      }),
    )
  })

  it('refuses a last line without a line feed, and bytes that are not text', async () => {
    await expect(collect(wholeLines(inChunks('a\nb', 2)))).rejects.toThrow('truncated')
    const broken = async function* () {
      yield new Uint8Array([0x61, 0xff, 0x0a])
    }
    await expect(collect(wholeLines(broken()))).rejects.toThrow('not UTF-8')
  })
})

describe('partsOf()', () => {
  it('splits at line ends, fills parts up to the limit in bytes and loses nothing', async () => {
    // A grapheme can take 17 bytes. Another test covers lines that exceed a part.
    const Line = fc
      .string({ unit: 'grapheme', maxLength: 8 })
      .map((text) => text.replaceAll('\n', ' '))
      .filter((line) => Buffer.byteLength(`${line}\n`) <= 40)
    await fc.assert(
      fc.asyncProperty(fc.array(Line), async (lines) => {
        const parts = await partsOfText(lines.map((line) => `${line}\n`).join(''), 40)
        expect(parts.map(({ text }) => text).join('')).toBe(lines.map((line) => `${line}\n`).join(''))
        expect(parts.map(({ number }) => number)).toEqual(parts.map((_, index) => index + 1))
        for (const [index, { text, lines }] of parts.entries()) {
          const next = parts[index + 1]?.text.split('\n')[0]
          expect(text.endsWith('\n')).toBe(true)
          expect(text.split('\n').length - 1).toBe(lines)
          expect(Buffer.byteLength(text)).toBeLessThanOrEqual(40)
          if (next !== undefined) expect(Buffer.byteLength(`${text}${next}\n`)).toBeGreaterThan(40)
        }
      }),
    )
  })

  it('refuses a line that is longer than a part', async () => {
    await expect(partsOfText('12345\n', 5)).rejects.toThrow('a line has 6 bytes')
  })
})

describe('BackupCheck', () => {
  const whole = backupText()
  const lines = whole.slice(0, -1).split('\n')

  it('accepts a complete backup, including that of an empty registry', () => {
    expect(check(whole)).toBe(7)
    expect(check(backupText({ rows: 0, seq: 0 }))).toBe(0)
  })

  it.each([
    ['cut after a line', `${lines.slice(0, -1).join('\n')}\n`, 'without a closing line'],
    ['altered in one letter', whole.replace('creator 1', 'creator 8'), 'damaged'],
    ['without one of its lines', whole.replace(`${lines[2]}\n`, ''), 'damaged'],
    ['with two lines exchanged', whole.replace(`${lines[1]}\n${lines[2]}`, `${lines[2]}\n${lines[1]}`), 'damaged'],
    ['with another header', whole.replace('"seq":7', '"seq":8'), 'damaged'],
    ['of another format', backupText({ format: 'other' }), 'not a header of the format'],
    ['of a newer format', backupText({ formatVersion: 99 }), 'newer'],
    ['that is empty', '\n', 'not a header of the format'],
  ])('refuses one %s', (_, text, complaint) => {
    expect(() => check(text)).toThrow(complaint)
  })
})
