/** Every page, in the order in which they match. */
import type { Page } from './page.ts'

export const pages: readonly Page[] = [
  { path: '/', access: 'reader', load: async () => (await import('../routes/pages/list.ts')).listPage },
  {
    path: '/models/:provider/:value{[^]+}',
    access: 'reader',
    load: async () => (await import('../routes/pages/model.ts')).modelPage,
  },
  {
    path: '/columns/:version',
    access: 'reader',
    load: async () => (await import('../routes/pages/columns.ts')).columns,
  },
  {
    path: '/providers',
    access: 'reader',
    load: async () => (await import('../routes/pages/providers.ts')).providersPage,
  },
  {
    path: '/providers/:provider',
    access: 'reader',
    load: async () => (await import('../routes/pages/providers.ts')).providerPage,
  },
  {
    path: '/versions',
    access: 'reader',
    load: async () => (await import('../routes/pages/versions.ts')).versionsPage,
  },
  { path: '/changes', access: 'reader', load: async () => (await import('../routes/pages/changes.ts')).changesPage },
  { path: '/compare', access: 'reader', load: async () => (await import('../routes/pages/compare.ts')).comparePage },
  { path: '/charts', access: 'reader', load: async () => (await import('../routes/pages/charts.ts')).chartsPage },
  { path: '/cost', access: 'reader', load: async () => (await import('../routes/pages/cost.ts')).costPage },
  { path: '/status', access: 'reader', load: async () => (await import('../routes/pages/status.ts')).statusPage },
  {
    path: '/login',
    access: 'anyone',
    isForm: true,
    load: async () => (await import('../routes/pages/login.ts')).loginPage,
  },
  {
    path: '/logout',
    access: 'anyone',
    isForm: true,
    load: async () => (await import('../routes/pages/login.ts')).logoutPage,
  },
  { path: '/robots.txt', access: 'anyone', load: async () => (await import('../routes/pages/files/robots.ts')).robots },
  {
    path: '/sitemap.xml',
    access: 'reader',
    load: async () => (await import('../routes/pages/files/robots.ts')).sitemap,
  },
  {
    path: '/assets/:file',
    access: 'anyone',
    load: async () => (await import('../routes/pages/files/assets.ts')).asset,
  },
]
