/** `cost`: what the requests of a file cost, each at the price of its own time. */
import { type Arguments, CommandError, defineCommand, type Given } from '../shared/command.ts'
import { flag, READER_ENVIRONMENT, readerClient, URL_OPTION } from '../shared/options.ts'
import { createTransferProgress, withProgress } from '../shared/progress.ts'
import { readSpan } from './cost/formats/read-span.ts'
import { PriceBook } from './cost/price/price-book.ts'
import { RegistryPrices } from './cost/price/registry-prices.ts'
import { priceFiles } from './cost/price-files.ts'
import { CostReport } from './cost/report/cost-report.ts'
import { Receipts } from './cost/report/receipts.ts'
import { FORMATS, type ReportFormat, writeReport } from './cost/report/write-report.ts'
import { RowPricer } from './cost/row-pricer.ts'

/** Some rows could not be priced. */
const SOME_UNPRICED = 3

const OPTIONS = {
  by: {
    type: 'string',
    value: 'names',
    description:
      'group by: day, month, model, provider, or columns of the file, separated by commas; a path such as metadata.team reads a nested object',
    default: 'model',
  },
  'what-if': {
    type: 'string',
    value: 'model',
    description:
      'add what the same usage would have cost with this model in its default mode; only rows for which both costs are known are summed',
  },
  'as-of': { type: 'string', value: 'time', description: 'use the prices as the registry knew them at this time' },
  format: { type: 'string', value: 'name', description: FORMATS.join(', '), default: 'table' },
  receipts: {
    type: 'string',
    value: 'file',
    description:
      'write one line of JSON per row: its cost by kind of tokens, the version, period and source of the prices, or why it has no price',
  },
  provider: {
    type: 'string',
    value: 'name',
    description: "the provider of rows without one; by default, a model is looked up at the labs' own providers",
  },
  'model-column': {
    type: 'string',
    value: 'name',
    description: 'the column of the model, in a file of unknown format',
  },
  'time-column': { type: 'string', value: 'name', description: 'the column of the time, in a file of unknown format' },
  ignore: {
    type: 'string',
    value: 'names',
    description: 'columns to ignore when reading usage, separated by commas',
  },
  utc: flag('treat times without a zone as UTC'),
  'assume-short-prompts': flag('price aggregated rows as if no prompt reached a tier, unless they state that'),
  'assume-input-price': flag('price cached tokens as input if their own price is unknown'),
  url: URL_OPTION,
} as const

type Values = Given<Arguments, typeof OPTIONS>['values']

export const cost = defineCommand({
  description: `Prices the requests in files, each at the price of its own time, and sums them exactly. A file is CSV, one JSON object per
line, or JSON. These files are read as they are: usage exports of OpenAI and of Anthropic (CSV, or the JSON of their usage
APIs), spend logs of LiteLLM, and session files of Claude Code, in which a repeated message counts once.
In any other file, a record has a model, a time ("at", "timestamp", "created", ...), perhaps a "provider" and a "mode", and
the usage as its API returned it: in "usage", or spread over the record ("prompt_tokens",
"prompt_tokens_details.cached_tokens", ...).

Rows without a price are not summed, but listed with the reason. An aggregated row, such as a day of an export,
has a price only if the price is the same for any distribution of its requests.`,
  arguments: {
    files: { description: 'usage files, gzipped if the name ends in .gz; - is standard input', isRepeated: true },
  },
  options: OPTIONS,
  environment: READER_ENVIRONMENT,
  exitCodes: {
    0: 'every row has a price',
    1: 'failed, and the output is incomplete',
    [SOME_UNPRICED]: 'some rows have no price',
  },
  examples: ['usage.csv --by day,model --url https://registry.example.com'],
  async run({ args: { files }, values }, context) {
    const { output, notes } = context
    const format = readFormat(values.format)
    const asOf = readMoment(values['as-of'])
    const client = readerClient('price usage', values.url, context)
    const report = new CostReport(readNames('by', values.by))
    const whatIf = values['what-if']
    const pricer = new RowPricer({
      book: new PriceBook(new RegistryPrices(client, asOf)),
      options: {
        assumeInputPriceForCache: values['assume-input-price'],
        assumeShortPrompts: values['assume-short-prompts'],
      },
      ...{ whatIf, report, receipts: values.receipts === undefined ? undefined : await Receipts.open(values.receipts) },
    })
    await withProgress(createTransferProgress(notes), (progress) =>
      priceFiles(files, readOptions(values), pricer, (count) => progress.step(`${count} records read`)),
    )
    const source = asOf === undefined ? client.url : `${client.url} as of ${asOf}`
    output.write(writeReport(report, { source, whatIf }, format))
    return report.unpriced.length > 0 ? SOME_UNPRICED : 0
  },
})

function readOptions(values: Values) {
  const { provider, utc } = values
  const columns = { modelColumn: values['model-column'], timeColumn: values['time-column'] }
  return { ...columns, provider, ignore: new Set(readNames('ignore', values.ignore)), isUtc: utc }
}

function readFormat(text: string): ReportFormat {
  const format = FORMATS.find((name) => name === text)
  if (format) return format
  throw new CommandError(`Cannot write the format "${text}": not one of ${FORMATS.join(', ')}`)
}

function readNames(option: string, text: string | undefined): string[] {
  const names = text?.split(',').map((name) => name.trim()) ?? []
  if (names.every((name) => name !== '')) return names
  throw new CommandError(`Cannot read --${option} "${text}": a name is empty`)
}

/** Unchanged: to the registry, a date means the end of its day. */
function readMoment(text: string | undefined): string | undefined {
  if (text === undefined || (/^\d{4}-/.test(text) && readSpan(text, false))) return text
  throw new CommandError(`Cannot price usage as of "${text}": not a date or a date-time with "Z" or an offset`)
}
