/** The changes of a snapshot as an entry of CHANGES.md: added, removed, repriced and rescored by name, the rest as counts. */
import { filterDiff } from '../../../core/diff/filter.ts'
import type { CatalogueDiff, Change, Manifest, VersionId } from '../../../core/schema/history.ts'
import type { Model } from '../../../core/schema/model.ts'
import { markdown } from './markdown.ts'

/** Without a previous version, it is the first snapshot; without a diff, the changes are unknown. */
export function describeSnapshot(day: string, manifest: Manifest, before?: VersionId, diff?: CatalogueDiff): string {
  const { version, models, providers } = manifest
  const heading = `## ${day} · ${version}`
  const size = `${count(models.length, 'model')} of ${count(providers.length, 'provider')}`
  if (!before) return `${heading}\n\nThe first snapshot: ${size}.\n`
  if (!diff) return `${heading}\n\nFrom ${before.version}, whose facts are not available. Now ${size}.\n`
  const sections = sectionsOf(diff)
  return [
    heading,
    `From ${before.version}: ${summaryOf(diff, sections)}. Now ${size}.`,
    ...rescaling(diff),
    ...sections.map(sectionText),
  ]
    .join('\n\n')
    .concat('\n')
}

interface Section {
  title: string
  lines: string[]
}

function sectionsOf(diff: CatalogueDiff): Section[] {
  // The effect of a re-scaled index on all scores would hide the other changes.
  const kept = filterDiff(diff, { rescale: 'omit' }).models.changed
  return [
    {
      title: 'Added',
      lines: [
        ...diff.providers.added.map(({ value, name }) => `provider ${markdown(value)}, ${markdown(name)}`),
        ...diff.models.added.map((model) => `${keyText(model)}, ${describeModel(model)}`),
      ],
    },
    {
      title: 'Removed',
      lines: [
        ...diff.providers.removed.map(({ value, name }) => `provider ${markdown(value)}, ${markdown(name)}`),
        ...diff.models.removed.map((model) => `${keyText(model)}, ${markdown(model.name)}`),
      ],
    },
    { title: 'Repriced', lines: changeLines(diff.models.changed, isPrice) },
    { title: 'Rescored', lines: changeLines(kept, isScore) },
  ].filter(({ lines }) => lines.length > 0)
}

function changeLines(changed: CatalogueDiff['models']['changed'], isWanted: (change: Change) => boolean): string[] {
  return changed.flatMap(({ changes, ...key }) => {
    const wanted = changes.filter(isWanted)
    return wanted.length > 0 ? [`${keyText(key)}: ${wanted.map(describeChange).join(', ')}`] : []
  })
}

const SCORES = new Map([
  ['iq', 'iq'],
  ['speed', 'speed'],
  ['metrics.intelligenceIndex', 'index'],
])
const isPrice = ({ path }: Change): boolean => path.startsWith('pricing.')
const isScore = ({ path }: Change): boolean => SCORES.has(path)

function describeChange({ path, before, after }: Change): string {
  return `${SCORES.get(path) ?? path.replace('pricing.', '')} ${factText(before)} → ${factText(after)}`
}

function describeModel({ name, iq, speed, pricing: { input, output } = {} }: Model): string {
  const facts = [
    markdown(name),
    input !== undefined && `input ${input}`,
    output !== undefined && `output ${output}`,
    iq !== undefined && `iq ${iq}`,
    speed !== undefined && `speed ${speed}`,
  ]
  return facts.filter((fact) => fact !== false).join(', ')
}

function summaryOf({ summary, providers, models }: CatalogueDiff, sections: Section[]): string {
  const lines = (title: string) => sections.find((section) => section.title === title)?.lines.length ?? 0
  const otherwise = models.changed.filter(
    ({ changes }) => !changes.some((change) => isPrice(change) || isScore(change)),
  )
  return [
    `${count(summary.added, 'model')} added`,
    `${summary.removed} removed`,
    `${lines('Repriced')} repriced`,
    `${lines('Rescored')} rescored`,
    `${otherwise.length} changed in other facts only`,
    ...(providers.changed.length > 0 ? [`${count(providers.changed.length, 'provider')} changed`] : []),
  ].join(', ')
}

function rescaling({ rescaled }: CatalogueDiff): string[] {
  if (!rescaled) return []
  return [
    `**The scale of \`iq\` changed** from ${markdown(rescaled.from)} to ${markdown(rescaled.to)}: the scores before and after cannot be compared, and changes that are due to the scale alone are not listed.`,
  ]
}

const sectionText = ({ title, lines }: Section): string =>
  `### ${title}\n\n${lines.map((line) => `- ${line}`).join('\n')}`
const keyText = ({ provider, value }: { provider: string; value: string }): string =>
  `**${markdown(`${provider}/${value}`)}**`
const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`
const factText = (fact: unknown): string => (fact === undefined ? 'unknown' : markdown(String(fact)))
