import { createServer } from 'node:http';

import { scim } from '@better-auth/scim';
import { betterAuth } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import { getAuthTables } from 'better-auth/db';
import { toNodeHandler } from 'better-auth/node';

/** Better Auth's SCIM server, with everything in memory. It prints its address. */
const options = {
	baseURL: 'http://127.0.0.1',
	secret: 'only-for-tests-only-for-tests-only',
	plugins: [
		scim({
			connections: [
				{ id: 'tests', credentials: [{ type: 'bearer', id: 'tests', token: process.env.TOKEN }] },
			],
		}),
	],
};
const tables = Object.keys(getAuthTables(options)).map((name) => [name, []]);
const auth = betterAuth({ ...options, database: memoryAdapter(Object.fromEntries(tables)) });
const server = createServer(toNodeHandler(auth));
server.listen(0, '127.0.0.1', () => {
	console.log(`http://127.0.0.1:${server.address().port}/api/auth/scim/v2`);
});
