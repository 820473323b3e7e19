/** Every page, in the order in which they match. */
import type { Page } from './page.ts'

export const pages: readonly Page[] = [
  { path: '/', access: 'reader', load: async () => (await import('../routes/pages/list.tsx')).listPage },
  {
    path: '/providers',
    access: 'reader',
    load: async () => (await import('../routes/pages/providers.tsx')).providersPage,
  },
  {
    path: '/providers/:provider',
    access: 'reader',
    load: async () => (await import('../routes/pages/providers.tsx')).providerPage,
  },
  {
    path: '/versions',
    access: 'reader',
    load: async () => (await import('../routes/pages/versions.tsx')).versionsPage,
  },
  { path: '/changes', access: 'reader', load: async () => (await import('../routes/pages/changes.tsx')).changesPage },
  { path: '/compare', access: 'reader', load: async () => (await import('../routes/pages/compare.tsx')).comparePage },
  { path: '/charts', access: 'reader', load: async () => (await import('../routes/pages/charts.tsx')).chartsPage },
  { path: '/cost', access: 'reader', load: async () => (await import('../routes/pages/cost.tsx')).costPage },
  { path: '/status', access: 'reader', load: async () => (await import('../routes/pages/status.tsx')).statusPage },
  {
    path: '/login',
    access: 'anyone',
    isForm: true,
    load: async () => (await import('../routes/pages/login.tsx')).loginPage,
  },
  {
    path: '/logout',
    access: 'anyone',
    isForm: true,
    load: async () => (await import('../routes/pages/login.tsx')).logoutPage,
  },
  { path: '/robots.txt', access: 'anyone', load: async () => (await import('../routes/pages/robots.ts')).robots },
  { path: '/sitemap.xml', access: 'reader', load: async () => (await import('../routes/pages/robots.ts')).sitemap },
  { path: '/assets/:file', access: 'anyone', load: async () => (await import('../routes/pages/assets.ts')).asset },
]
