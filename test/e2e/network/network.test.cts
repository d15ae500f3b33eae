import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { selfSigned } from '../../harness/selfSigned.cts';
import { violationsOf } from '../../host/agreement.cts';
import type { Served } from '../../host/served.cts';
import { packed } from '../../package/packed.cts';
import { SERVICE_NAMES, STAFF, startSimulators } from '../../simulators/index.cts';
import type { ServiceName, Simulators } from '../../simulators/index.cts';
import { startFront, startProxy, type Proxy, type Running } from '../servers.cts';
import { answered, failed, groupOf, reached, run, serveGroups, testsAndLists } from './cases.cts';
import type { Group } from './cases.cts';

jest.setTimeout(30_000);

const MINUTES = 60_000;
let simulators: Simulators;
let proxy: Proxy;

beforeAll(async () => {
	simulators = await startSimulators();
	proxy = await startProxy();
});
beforeEach(() => {
	simulators.reset();
	proxy.log.length = 0;
});
afterEach(() => expect(violationsOf(simulators)).toEqual([]));
afterAll(async () => {
	await simulators.close();
	await proxy.close();
});

/** The address of a service under another host name. */
const at = (service: ServiceName, hostname: string) => ({
	baseUrl: simulators[service].baseUrl.replace('127.0.0.1', hostname),
});
const zitadelPort = () => Number(new URL(simulators.zitadel.baseUrl).port);
const requests = () => SERVICE_NAMES.flatMap((name) => simulators[name].requests);

describe('in a network whose only way out is a proxy', () => {
	const DOMAIN = 'company.test';
	const ZITADEL = `zitadel.${DOMAIN}`;
	/** ZITADEL, encrypted. */
	let encrypted: Running;
	let n8n: Served;
	let groups: Readonly<
		Record<'proxied' | 'tunnel' | 'direct' | 'closed' | 'closedTunnel' | 'restricted', Group>
	>;

	beforeAll(async () => {
		const certificate = selfSigned(ZITADEL);
		encrypted = await startFront(zitadelPort(), certificate);
		const authority = join(packed().folder, 'authority.pem');
		writeFileSync(authority, certificate.cert);
		const group = (path: string, ...more: [(service: ServiceName) => object, ServiceName[]?]) =>
			groupOf(path, simulators, ...more);
		groups = {
			// The proxy alone knows these names.
			proxied: group('proxied', (service) => at(service, `${service}.${DOMAIN}`)),
			tunnel: group('tunnel', () => ({ baseUrl: `https://${ZITADEL}:${encrypted.port}` }), [
				'zitadel',
			]),
			direct: group('direct', (service) => at(service, '127.0.0.1')),
			closed: group('closed', (service) => at(service, `forbidden.${DOMAIN}`)),
			closedTunnel: group('closedTunnel', () => ({ baseUrl: `https://forbidden.${DOMAIN}` }), [
				'zitadel',
			]),
			restricted: group('restricted', (service) => ({
				...at(service, `${service}.${DOMAIN}`),
				allowedHttpRequestDomains: 'domains',
				allowedDomains: 'example.org',
			})),
		};
		const url = `http://127.0.0.1:${proxy.port}`;
		n8n = await serveGroups(
			{
				HTTP_PROXY: url,
				HTTPS_PROXY: url,
				NO_PROXY: '127.0.0.1',
				NODE_EXTRA_CA_CERTS: authority,
			},
			Object.values(groups),
		);
	}, 10 * MINUTES);
	afterAll(async () => {
		await n8n?.stop();
		await encrypted?.close();
	});

	const states = () =>
		SERVICE_NAMES.map((name) => simulators[name].account(STAFF.leaver.email)?.state);
	/** All requests went through the proxy, by the names that it alone knows. */
	const expectProxied = () => {
		const hosts = proxy.log.map((line) => line.replace(/^.* http:\/\/([^:/]*).*$/, '$1'));
		expect(new Set(hosts)).toEqual(new Set(SERVICE_NAMES.map((name) => `${name}.${DOMAIN}`)));
		expect(proxy.log).toHaveLength(requests().length);
	};

	test('all services are reached through it', async () => {
		expect(await run(n8n, groups.proxied)).toEqual(reached(groups.proxied));
		expect(states()).toEqual(SERVICE_NAMES.map(() => 'deactivated'));
		expectProxied();
	});

	test('an encrypted one through a tunnel', async () => {
		expect(await run(n8n, groups.tunnel)).toEqual(reached(groups.tunnel));
		expect([...new Set(proxy.log)]).toEqual([`CONNECT ${ZITADEL}:${encrypted.port}`]);
	});

	test('hosts in NO_PROXY without it', async () => {
		expect(await run(n8n, groups.direct)).toEqual(reached(groups.direct));
		expect(proxy.log).toEqual([]);
	});

	test('credentials are tested and lists are read through it', async () => {
		expect(await testsAndLists(n8n, groups.proxied)).toEqual(answered(groups.proxied));
		expectProxied();
	});

	test('nobody is called done if it lets no request through', async () => {
		for (const group of [groups.closed, groups.closedTunnel]) {
			const outcomes = Object.values(await run(n8n, group));
			expect(outcomes).toMatchObject(
				group.cases.map(() => ({ outcome: 'failed', error: expect.any(String) as string })),
			);
		}
		expect(states()).toEqual(SERVICE_NAMES.map(() => 'active'));
	});

	test('a credential that is allowed for certain domains goes to no other, also for a token', async () => {
		const message = "isn't one of this credential's allowed domains";
		const advice = /Allowed HTTP Request Domains[^]*example\.org/;
		expect(await run(n8n, groups.restricted)).toEqual(
			failed(groups.restricted, 'invalidInput', message, advice),
		);
		expect(proxy.log).toEqual([]);
	});
});

describe('with SSRF protection, in a private network', () => {
	/** Addresses that n8n blocks: by default, and in the ranges that n8n 3.0 adds. */
	const BLOCKED = ['127.0.0.1', '100.64.0.1', '[64:ff9b::6440:1]'] as const;
	const ALLOWED = ['localhost', '127.0.0.2'] as const;
	/** ZITADEL by the name `localhost`, which n8n is told to let through. */
	let front: Running;
	let n8n: Served;
	let groups: ReadonlyMap<string, Group>;
	const groupAt = (host: string) => groups.get(host) as Group;

	beforeAll(async () => {
		front = await startFront(zitadelPort());
		const byHost = (host: string): [string, Group] => [
			host,
			groupOf(host.replace(/\W/g, '-'), simulators, (service) => at(service, host)),
		];
		const local = { baseUrl: `http://localhost:${front.port}` };
		groups = new Map([
			...[...BLOCKED, '127.0.0.2'].map(byHost),
			['localhost', groupOf('localhost', simulators, () => local, ['zitadel'])],
		]);
		n8n = await serveGroups(
			{
				N8N_SSRF_PROTECTION_ENABLED: 'true',
				N8N_SSRF_BLOCKED_IP_RANGES: 'default,100.64.0.0/10,64:ff9b::/96',
				N8N_SSRF_ALLOWED_HOSTNAMES: 'localhost',
				N8N_SSRF_ALLOWED_IP_RANGES: '127.0.0.2/32',
				// It alone knows that 127.0.0.2 is this machine.
				HTTP_PROXY: `http://127.0.0.1:${proxy.port}`,
				NO_PROXY: 'localhost,127.0.0.1',
			},
			[...groups.values()],
		);
	}, 10 * MINUTES);
	afterAll(async () => {
		await n8n?.stop();
		await front?.close();
	});

	test.each(BLOCKED)(
		'%s is refused, and the message names the settings that allow it',
		async (host) => {
			const group = groupAt(host);
			const message = "n8n's SSRF protection blocks the address";
			const settings = 'N8N_SSRF_ALLOWED_HOSTNAMES[^]*N8N_SSRF_ALLOWED_IP_RANGES';
			const advice = new RegExp(`${settings}[^]*n8n says: .*restricted IP address`);
			expect(await run(n8n, group)).toEqual(failed(group, 'invalidInput', message, advice));

			const { tests, lists } = await testsAndLists(n8n, group);
			for (const text of tests)
				expect(text).toMatch(new RegExp(`"Error".*${message}.*${settings}`));
			for (const text of lists) expect(text).toContain(message);
			expect(requests()).toEqual([]);
		},
	);

	test.each(ALLOWED)('%s, which is allowed, is let through', async (host) => {
		const group = groupAt(host);
		expect(await run(n8n, group)).toEqual(reached(group));
		expect(await testsAndLists(n8n, group)).toEqual(answered(group));
	});
});
