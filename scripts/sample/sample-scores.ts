/**
 * The scores and speeds of the sample. All of them are made up: a formula over release date, price and effort that gives
 * plausible figures, and chance from the slug. They say nothing about any model.
 */
import { chanceOf } from './sample-chance.ts'
import type { SampleModel } from './sample-model.ts'

export interface SampleScores {
  intelligence: number | null
  coding: number | null
  agentic: number | null
}

export interface SampleSpeeds {
  outputTokensPerSecond: number
  timeToFirstToken: number
  timeToFirstAnswer: number
  endToEnd: number
}

/** The scale before the re-scale of the last day, and after it. */
export const INDEX_VERSIONS = { before: 4.1, after: 4.3 } as const
type IndexVersion = (typeof INDEX_VERSIONS)[keyof typeof INDEX_VERSIONS]

const EFFORT_POINTS: Record<string, number> = { minimal: -8, low: -6, medium: -3, high: 0, xhigh: 2, max: 3 }

export function scoresOf(model: SampleModel, indexVersion: IndexVersion): SampleScores {
  if (chanceOf(`${model.slug} unscored`) < 0.06) return { intelligence: null, coding: null, agentic: null }
  const points = rescale(pointsOf(model), indexVersion)
  const isRecent = model.releaseDate >= '2025-06'
  return {
    intelligence: round(points, 1),
    coding: isRecent ? round(points * between(`${model.slug} coding`, 1.1, 1.4), 1) : null,
    agentic: isRecent && model.reasoning ? round(points * between(`${model.slug} agentic`, 0.6, 0.9), 1) : null,
  }
}

/** Speeds wobble from day to day for about half of the models; for a third nothing was measured. */
export function speedsOf(model: SampleModel, day: string): SampleSpeeds | undefined {
  const { slug, output = 1, reasoning } = model
  if (chanceOf(`${slug} unmeasured`) < 0.33) return undefined
  const wobble = chanceOf(`${slug} ${day} moves`) < 0.5 ? between(`${slug} ${day}`, 0.94, 1.06) : 1
  const tokensPerSecond = (320 / (1 + output / 5)) * between(`${slug} speed`, 0.5, 1.2) * wobble
  const timeToFirstToken = between(`${slug} latency`, 0.3, 1.8) / wobble
  const timeToFirstAnswer =
    timeToFirstToken + (reasoning ? between(`${slug} thinking`, 600, 4000) / tokensPerSecond : 0)
  return {
    outputTokensPerSecond: round(tokensPerSecond, 2),
    timeToFirstToken: round(timeToFirstToken, 2),
    timeToFirstAnswer: round(timeToFirstAnswer, 2),
    endToEnd: round(timeToFirstAnswer + 500 / tokensPerSecond, 2),
  }
}

/** Points on the scale before the re-scale. */
function pointsOf({ slug, name, releaseDate, output = 0.5, reasoning }: SampleModel): number {
  const months = (Date.parse(releaseDate) - Date.parse('2023-01-01')) / (30.44 * 86_400_000)
  const price = Math.max(-4, Math.min(9, 2.2 * Math.log2(output + 0.1)))
  const effort = EFFORT_POINTS[/\b(minimal|low|medium|xhigh|high|max)\b/i.exec(name)?.[1]?.toLowerCase() ?? 'high'] ?? 0
  const points = 0.85 * months + price + (reasoning ? 9 : 0) + effort + between(`${slug} points`, -3, 3)
  return Math.max(2, points)
}

/** Every index moves, and not all by the same factor, as when the source changes the tests behind it. */
function rescale(points: number, indexVersion: IndexVersion): number {
  return indexVersion === INDEX_VERSIONS.before ? points : Math.max(0.5, points * (0.72 + points / 800) - 0.6)
}

function between(text: string, low: number, high: number): number {
  return low + (high - low) * chanceOf(text)
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits
}
