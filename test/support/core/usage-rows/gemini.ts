/** Usage as Gemini counts it: input includes cached tokens, and output excludes thoughts. */
import { AUDIO, GEMINI_3_6_FLASH, GEMINI_FLASH, GEMINI_PRO, SONAR, type UsageRow } from './priced-models.ts'

const METADATA = '@google/genai GenerateContentResponseUsageMetadata'

export const GEMINI_ROWS: UsageRow[] = [
  {
    by: METADATA,
    model: GEMINI_PRO,
    usage: { promptTokenCount: 1000, candidatesTokenCount: 200, totalTokenCount: 1200 },
    usd: 0.00325,
  },
  {
    by: METADATA,
    model: GEMINI_PRO,
    usage: { promptTokenCount: 1000, candidatesTokenCount: 200, thoughtsTokenCount: 700, totalTokenCount: 1900 },
    usd: 0.01025,
  },
  {
    by: METADATA,
    model: GEMINI_PRO,
    usage: { promptTokenCount: 1000, candidatesTokenCount: 200, thoughtsTokenCount: 700 },
    usd: 0.01025,
  },
  {
    by: METADATA,
    model: GEMINI_PRO,
    usage: { promptTokenCount: 1000, thoughtsTokenCount: 700, totalTokenCount: 1700 },
    usd: 0.00825,
  },
  {
    by: METADATA,
    model: GEMINI_PRO,
    usage: {
      promptTokenCount: 1000,
      cachedContentTokenCount: 800,
      candidatesTokenCount: 200,
      totalTokenCount: 1200,
      promptTokensDetails: [{ modality: 'TEXT', tokenCount: 1000 }],
      cacheTokensDetails: [{ modality: 'TEXT', tokenCount: 800 }],
    },
    usd: 0.00235,
  },
  {
    by: METADATA,
    model: GEMINI_PRO,
    usage: {
      promptTokenCount: 1000,
      toolUsePromptTokenCount: 500,
      candidatesTokenCount: 200,
      thoughtsTokenCount: 50,
      totalTokenCount: 1750,
      toolUsePromptTokensDetails: [{ modality: 'TEXT', tokenCount: 500 }],
    },
    usd: 0.004375,
  },
  {
    by: METADATA,
    model: GEMINI_PRO,
    usage: { promptTokenCount: 300_000, candidatesTokenCount: 2000, totalTokenCount: 302_000 },
    usd: 0.78,
  },
  {
    by: METADATA,
    model: GEMINI_PRO,
    usage: { promptTokenCount: 200_000, cachedContentTokenCount: 150_000, candidatesTokenCount: 1 },
    usd: 0.08126,
  },
  {
    by: METADATA,
    model: GEMINI_PRO,
    usage: { promptTokenCount: 200_001, cachedContentTokenCount: 150_000, candidatesTokenCount: 1 },
    usd: 0.1625175,
  },
  {
    by: METADATA,
    model: GEMINI_PRO,
    usage: { promptTokenCount: 199_000, toolUsePromptTokenCount: 1001, candidatesTokenCount: 1 },
    usd: 0.5000175,
  },
  {
    by: METADATA,
    model: GEMINI_FLASH,
    usage: {
      promptTokenCount: 1000,
      candidatesTokenCount: 200,
      promptTokensDetails: [
        { modality: 'TEXT', tokenCount: 400 },
        { modality: 'AUDIO', tokenCount: 600 },
      ],
    },
    usd: 0.00122,
  },
  {
    by: METADATA,
    model: GEMINI_FLASH,
    usage: {
      promptTokenCount: 1000,
      candidatesTokenCount: 200,
      promptTokensDetails: [
        { modality: 'TEXT', tokenCount: 400 },
        { modality: 'IMAGE', tokenCount: 258 },
        { modality: 'VIDEO', tokenCount: 242 },
        { modality: 'DOCUMENT', tokenCount: 100 },
      ],
    },
    usd: 0.0008,
  },
  {
    by: METADATA,
    model: GEMINI_FLASH,
    usage: {
      promptTokenCount: 1000,
      cachedContentTokenCount: 300,
      candidatesTokenCount: 200,
      promptTokensDetails: [
        { modality: 'TEXT', tokenCount: 400 },
        { modality: 'AUDIO', tokenCount: 600 },
      ],
      cacheTokensDetails: [{ modality: 'TEXT', tokenCount: 300 }],
    },
    usd: 0.001139,
  },
  {
    by: METADATA,
    model: GEMINI_3_6_FLASH,
    usage: {
      promptTokenCount: 1000,
      cachedContentTokenCount: 300,
      candidatesTokenCount: 200,
      promptTokensDetails: [
        { modality: 'TEXT', tokenCount: 400 },
        { modality: 'AUDIO', tokenCount: 600 },
      ],
    },
    usd: 0.0012975,
  },
  {
    by: METADATA,
    model: GEMINI_3_6_FLASH,
    usage: {
      promptTokenCount: 1000,
      cachedContentTokenCount: 300,
      candidatesTokenCount: 200,
      promptTokensDetails: [{ modality: 'AUDIO', tokenCount: 1000 }],
      cacheTokensDetails: [{ modality: 'AUDIO', tokenCount: 300 }],
    },
    usd: 0.0012975,
  },
  {
    by: METADATA,
    model: AUDIO,
    usage: {
      promptTokenCount: 100,
      candidatesTokenCount: 300,
      candidatesTokensDetails: [{ modality: 'AUDIO', tokenCount: 300 }],
    },
    usd: 0.00485,
  },
  {
    by: METADATA,
    model: SONAR,
    usage: { promptTokenCount: 100, candidatesTokenCount: 300, thoughtsTokenCount: 600, totalTokenCount: 1000 },
    usd: 0.0044,
  },
  {
    by: METADATA,
    model: GEMINI_PRO,
    usage: { promptTokenCount: 100, candidatesTokenCount: 300, thoughtsTokenCount: 200, totalTokenCount: 400 },
    usd: 0.003125,
  },
  {
    by: '@google/genai TrafficType',
    model: GEMINI_PRO,
    usage: { promptTokenCount: 100, candidatesTokenCount: 300, trafficType: 'ON_DEMAND' },
    usd: 0.003125,
  },
]
