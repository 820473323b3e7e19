/** Where a text is kept under a key. Each method may throw or reject. */
export interface TextStore {
  load(key: string): Promise<string | undefined>
  save(key: string, text: string): Promise<void>
  clear(key: string): Promise<void>
}
