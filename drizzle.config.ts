import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'sqlite',
  driver: 'durable-sqlite',
  schema: './src/registry/store/tables.ts',
  out: './migrations',
  casing: 'snake_case',
})
