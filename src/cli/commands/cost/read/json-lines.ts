/** One JSON object per line. A line that is not one is reported and skipped: the last line of a session may be incomplete. */
import { CommandError } from '../../../shared/command.ts'
import { type FileRecord, MAX_RECORD_CHARACTERS, parseRecord, type RecordReader } from './file-record.ts'

export function createJsonLines(name: string): RecordReader {
  let rest = ''
  let line = 0
  const recordOf = (text: string): FileRecord[] => {
    line++
    return text.trim() === '' ? [] : [parseRecord(line, text)]
  }
  return {
    push(text) {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      if (rest.length > MAX_RECORD_CHARACTERS)
        throw new CommandError(`Cannot read "${name}": line ${line + 1} is too long`)
      return lines.flatMap(recordOf)
    },
    end: () => recordOf(rest),
  }
}
