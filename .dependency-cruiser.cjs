/** Which folder may import which; README and the comments here say why. */
const shared = '(?:platform|web|generated|start)'
/** A slice is any other folder of src. */
const slice = `^src/(?!${shared}/)([^/]+)/`

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Of two modules that import each other, neither can be understood or loaded alone.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'platform-knows-no-domain',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/', pathNot: '^src/(platform|generated)/' },
    },
    {
      name: 'web-knows-no-slice',
      severity: 'error',
      from: { path: '^src/web/' },
      to: { path: '^src/', pathNot: '^src/(platform|web|generated)/' },
    },
    {
      name: 'slices-know-no-app',
      comment: 'The application puts the slices together; what they need of it is given to them.',
      severity: 'error',
      from: { path: slice },
      to: { path: '^src/([^/]+\\.ts$|start/)' },
    },
    {
      name: 'routes-and-forms-are-private',
      comment: 'A slice offers its queries, actions, policy, labels and paths to the others.',
      severity: 'error',
      from: { path: slice },
      to: { path: `${slice}(routes|forms)(\\.ts$|/)`, pathNot: '^src/$1/' },
    },
    {
      name: 'tickets-know-no-observer',
      comment:
        'Whatever reacts to tickets reads the bitácora; tickets work without it. How a search is put is known to their lists, too.',
      severity: 'error',
      from: { path: '^src/tickets/' },
      to: { path: '^src/(surveys|notifications|reports|search(?!/language)|demo|import)/' },
    },
    {
      name: 'demonstration-is-an-extra',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(demo/|start/|app\\.ts$|server\\.ts$)' },
      to: { path: '^src/demo/' },
    },
    {
      name: 'product-uses-no-tests',
      severity: 'error',
      from: { path: '^(src|scripts)/' },
      to: { path: '^(tests|bench)/' },
    },
    {
      name: 'product-uses-no-development-packages',
      severity: 'error',
      from: { path: '^(src|scripts)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|src/generated)/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
}
