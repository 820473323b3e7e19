/** Whether JSON has the shape that reads rely on; digests prove the rest where there are some. */
import type { VersionId } from '../../core/schema/history.ts'
import type { Model } from '../../core/schema/model.ts'

export function haveTexts(entities: unknown, keys: string[]): boolean {
  return Array.isArray(entities) && entities.every((entity) => keys.every((key) => typeof entity?.[key] === 'string'))
}

export function isVersionId(json: unknown): json is VersionId {
  return haveTexts([json], ['version', 'etag', 'generatedAt'])
}

export function areModels(json: unknown): json is Model[] {
  return haveTexts(json, ['provider', 'value', 'name', 'alias'])
}

export function idOf({ version, etag, generatedAt }: VersionId): VersionId {
  return { version, etag, generatedAt }
}
