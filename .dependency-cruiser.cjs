/**
 * Who may import whom, as ARCHITECTURE.md draws it (`npm run lint`). Types count: a type that a room
 * needs from another is a dependency like any other.
 */
const SERVICES = 'Langdock|Odeus|Aitronos|Zitadel|Awork';

/** A room of nodes/shared may import itself and these. */
const room = (name, mayImport) => ({
	name: `shared-${name}`,
	comment: `nodes/shared/${name} may import ${mayImport.join(', ') || 'no other room'} only.`,
	severity: 'error',
	from: { path: `^nodes/shared/${name}/` },
	to: {
		path: '^(nodes|credentials)/',
		pathNot: `^nodes/shared/(${[name, ...mayImport].join('|')})/`,
	},
});

module.exports = {
	forbidden: [
		{
			name: 'no-circle',
			comment: 'Files that import each other in a circle can only be understood together.',
			severity: 'error',
			from: {},
			to: { circular: true },
		},
		room('model', []),
		room('http', ['model']),
		room('parameters', ['model']),
		room('users', ['model', 'http', 'parameters']),
		room('n8n', ['model', 'http', 'parameters', 'users']),
		{
			name: 'adapter-without-n8n',
			comment: "A service's adapter knows nothing of n8n's execution: only its .node.ts does.",
			severity: 'error',
			from: { path: `^nodes/(${SERVICES})/`, pathNot: '\\.node\\.ts$' },
			to: { path: '^(nodes/shared/n8n|credentials)/' },
		},
		{
			name: 'service-alone',
			comment: "No service imports another. Odeus shares Langdock's API.",
			severity: 'error',
			from: { path: `^nodes/(${SERVICES})/` },
			to: {
				path: '^nodes/',
				pathNot: '^nodes/($1|shared)/|^nodes/Langdock/userManagement\\.ts$',
			},
		},
		{
			name: 'user-management-for-odeus',
			comment: "Only Odeus shares Langdock's API.",
			severity: 'error',
			from: { path: '^nodes/(Aitronos|Zitadel|Awork|shared)/' },
			to: { path: '^nodes/Langdock/' },
		},
		{
			name: 'credentials-with-model',
			comment: 'A credential may import nodes/shared/model only.',
			severity: 'error',
			from: { path: '^credentials/' },
			to: { path: '^nodes/', pathNot: '^nodes/shared/model/' },
		},
	],
	options: {
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
		doNotFollow: { path: 'node_modules' },
	},
};
