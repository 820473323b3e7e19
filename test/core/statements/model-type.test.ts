import { describe, expect, it } from 'vitest'
import type { Modalities } from '../../../src/core/schema/model.ts'
import { modelTypeOf } from '../../../src/core/statements/model-type.ts'
import type { ModelType } from '../../../src/core/vocabulary.ts'

const typeOf = (id: string, input: Modalities['input'] = ['text'], output: Modalities['output'] = ['text']) =>
  modelTypeOf({ id, name: id, modalities: { input, output } })

describe('modelTypeOf()', () => {
  it.each<[ModelType, string[]]>([
    ['embedding', ['text-embedding-3-large', 'cohere/embed-v4.0', 'baai/bge-m3', 'voyage-3.5', 'all-MiniLM-L12-v2']],
    ['rerank', ['bge-reranker-v2-m3', 'rerank-v3.5', 'llama-nemotron-rerank-vl-1b-v2']],
    [
      'moderation',
      ['llama-guard-4-12b', 'prompt-guard-2-86m', 'shieldgemma-9b', 'gpt-oss-safeguard-20b', 'gliner-pii'],
    ],
    ['transcription', ['whisper-large-v3', 'gpt-4o-transcribe', 'qwen3-asr-flash', 'grok-stt']],
    ['speech', ['tts-1-hd', 'gemini-2.5-pro-preview-tts']],
    ['other', ['deepseek-ocr-2', 'qwen-mt-plus', 'riva-translate-4b-instruct', 'synthetic-intent-detect', 'esmfold']],
    ['image', ['gpt-image-1.5', 'gemini-3-pro-image-preview', 'nano-banana-pro', 'flux-2-pro']],
    ['chat', ['gpt-5.5', 'claude-opus-5', 'gemma-3-27b-it', 'mercury-2', 'openrouter/auto', 'imagine-7b', 'emt-7b']],
  ])('recognizes %s by name', (type, ids) => {
    for (const id of ids) expect([id, typeOf(id)]).toEqual([id, type])
  })

  it('uses the modalities if the name does not show the type', () => {
    expect(typeOf('ray2', ['text'], ['video'])).toBe('video')
    expect(typeOf('ideogram', ['text', 'image'], ['image'])).toBe('image')
    expect(typeOf('s2-pro', ['text'], ['audio'])).toBe('speech')
    expect(typeOf('green-s', ['audio'])).toBe('transcription')
    expect(typeOf('bevformer', ['video'])).toBe('other')
    expect(typeOf('voxtral-small', ['text', 'audio'])).toBe('chat')
    expect(typeOf('gpt-realtime', ['text', 'audio'], ['text', 'audio'])).toBe('chat')
    expect(typeOf('gpt-5', ['text', 'image'], ['text', 'image'])).toBe('chat')
  })

  it('classifies models that reason and call tools as chat, even if only images are listed', () => {
    const modalities: Modalities = { input: ['text'], output: ['image'] }
    const capabilities = { reasoning: true, toolUse: true }
    expect(modelTypeOf({ id: 'gpt-5.4', name: 'GPT-5.4', modalities, capabilities })).toBe('chat')
  })

  it('uses only names if there are no modalities', () => {
    expect(modelTypeOf({ id: 'acme-1', name: 'Acme 1' })).toBe('chat')
    expect(modelTypeOf({ id: 'dall-e-3', name: 'DALL-E 3' })).toBe('image')
    expect(modelTypeOf({ id: 'acme-2', name: 'Acme 2', series: 'text-embedding' })).toBe('embedding')
  })
})
