/**
 * Reads how to call a row, where it differs from its provider. In schema v2 providers have no API; each row has one or
 * more, by protocol, and the first is used.
 */
import type { ProviderApi, Sdk } from '../../../core/schema/model.ts'
import { put } from '../../fact.ts'
import type { FieldReader, JsonObject } from '../../field-reader.ts'

/** Protocols of schema v2 that have another name in `shape`. */
const SHAPES: Record<string, string> = { 'chat-completions': 'completions' }

export function readSdk(row: JsonObject, model: string, provider: ProviderApi, fields: FieldReader): Sdk {
  const own = fields.object('provider', row.provider)
  const sdk: Sdk = { model }
  if (own)
    putCall(sdk, provider, {
      npm: fields.text('provider.npm', own.npm),
      baseUrl: fields.baseUrl('provider.api', own.api),
      shape: fields.text('provider.shape', own.shape),
    })
  else if (row.api !== undefined) putCall(sdk, provider, readProtocol(row.api, fields))
  put(sdk, 'interleaved', readInterleaved(row.interleaved, fields))
  return sdk
}

type Call = { [key in 'npm' | 'baseUrl' | 'shape']?: string | undefined }

function putCall(sdk: Sdk, provider: ProviderApi, { npm, baseUrl, shape }: Call): void {
  if (npm !== provider.npm) put(sdk, 'npm', npm)
  if (baseUrl !== provider.baseUrl) put(sdk, 'baseUrl', baseUrl)
  put(sdk, 'shape', shape)
}

function readProtocol(value: unknown, fields: FieldReader): Call {
  const [first] = Object.entries(fields.object('api', value) ?? {})
  if (first === undefined) return {}
  const [protocol, stated] = first
  const entry = fields.object('api', stated) ?? {}
  const packages = fields.object('api.sdk', entry.sdk) ?? {}
  return {
    npm: fields.text('api.sdk.aisdk', packages.aisdk),
    baseUrl: fields.baseUrl('api.base_url', entry.base_url),
    shape: fields.text('api', Object.hasOwn(SHAPES, protocol) ? SHAPES[protocol] : protocol),
  }
}

function readInterleaved(value: unknown, fields: FieldReader): Sdk['interleaved'] {
  if (typeof value === 'boolean') return value || undefined
  const stated = fields.object('interleaved', value)
  if (stated === undefined) return undefined
  const field = fields.text('interleaved.field', stated.field)
  return field === undefined ? true : { field }
}
