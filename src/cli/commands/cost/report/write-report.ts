/** A report as text: a table for people, or CSV or JSON lines for programs, with all digits. */
import { type Decimal, numberOf } from '../../../../core/pricing/decimal.ts'
import { textTable } from '../../../shared/table.ts'
import type { CostReport, CostSum, Unpriced } from './cost-report.ts'

export interface ReportTitle {
  /** The registry, and the moment of `--as-of`. */
  source: string
  whatIf?: string | undefined
}

export const FORMATS = ['table', 'csv', 'ndjson'] as const
export type ReportFormat = (typeof FORMATS)[number]

export function writeReport(report: CostReport, title: ReportTitle, format: ReportFormat): string {
  switch (format) {
    case 'table':
      return writeTable(report, title)
    case 'csv':
      return writeCsv(report, title)
    case 'ndjson':
      return writeNdjson(report, title)
  }
}

/** Enough to see the price of one token. */
const DECIMALS = 6

function writeTable(report: CostReport, { source, whatIf }: ReportTitle): string {
  const cells = (first: string[], { rows, usd, whatIf: other }: CostSum) => [
    ...first,
    `${rows}`,
    dollars(usd),
    ...(whatIf === undefined ? [] : [dollars(other)]),
  ]
  const head = [...report.by, 'rows', 'USD', ...(whatIf === undefined ? [] : [`USD with ${whatIf}`])]
  const total = cells(
    report.by.map((_, column) => (column === 0 ? 'total' : '')),
    report.total,
  )
  const rows = [...report.sums.map((sum) => cells(sum.values, sum)), total]
  const parts = [textTable(`Costs at the prices of ${source}`, head, rows)]
  if (report.unpriced.length > 0) parts.push(unpricedTable(report.unpriced))
  if (report.remarks.length > 0)
    parts.push(
      textTable(
        'Remarks',
        ['', 'rows'],
        report.remarks.map(([text, count]) => [text, `${count}`]),
      ),
    )
  return `${parts.join('\n\n')}\n`
}

function unpricedTable(unpriced: Unpriced[]): string {
  const rows = unpriced.map(({ model, problem, rows, records }) => [
    `${model || '(no model)'}: ${problem.detail}`,
    `${rows}`,
    records.map(({ file, record }) => `${file}:${record}`).join(', '),
  ])
  return textTable(
    'Rows without a price, not included in the sums',
    ['model and reason', 'rows', 'first records'],
    rows,
  )
}

function dollars(sum: Decimal): string {
  return numberOf(sum).toFixed(DECIMALS)
}

function writeCsv(report: CostReport, { whatIf }: ReportTitle): string {
  const blanks = report.by.map(() => '')
  const sumLine = (kind: string, values: string[], { rows, usd, whatIf: other }: CostSum) => [
    ...[kind, ...values, '', rows, numberOf(usd)],
    ...(whatIf === undefined ? [] : [numberOf(other)]),
    '',
  ]
  const unknown = whatIf === undefined ? [''] : ['', '']
  const lines = [
    [
      'record',
      ...report.by,
      'unpriced_model',
      'rows',
      'usd',
      ...(whatIf === undefined ? [] : ['what_if_usd']),
      'reason',
    ],
    ...report.sums.map((sum) => sumLine('sum', sum.values, sum)),
    sumLine('total', blanks, report.total),
    ...report.unpriced.map(({ model, rows, problem }) => [
      'unpriced',
      ...blanks,
      model,
      rows,
      ...unknown,
      problem.detail,
    ]),
  ]
  return lines.map((cells) => `${cells.map(csvCell).join(',')}\n`).join('')
}

/** A spreadsheet does not evaluate a cell that begins like a formula if a quote is put before it. */
function csvCell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : `${value}`
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function writeNdjson(report: CostReport, { source, whatIf }: ReportTitle): string {
  const sumOf = (record: string, { rows, usd, whatIf: other }: CostSum, by?: object) => ({
    ...{ record, ...(by && { by }), rows, usd: numberOf(usd) },
    ...(whatIf !== undefined && { whatIf: { model: whatIf, usd: numberOf(other) } }),
  })
  const byOf = ({ values }: CostSum) => Object.fromEntries(report.by.map((name, column) => [name, values[column]]))
  const lines: object[] = [
    ...report.sums.map((sum) => sumOf('sum', sum, byOf(sum))),
    ...report.unpriced.map(({ model, problem: { code, detail }, rows, records }) => ({
      ...{ record: 'unpriced', ...(model && { model }), rows, code, detail, records },
    })),
    ...report.remarks.map(([text, rows]) => ({ record: 'remark', text, rows })),
    { ...sumOf('total', report.total), pricesOf: source },
  ]
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('')
}
