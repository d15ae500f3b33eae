import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { violationsOf } from '../../host/agreement.cts';
import { serve } from '../../host/served.cts';
import type { Served } from '../../host/served.cts';
import { packed } from '../../package/packed.cts';
import { SERVICE_NAMES, STAFF, startSimulators } from '../../simulators/index.cts';
import type { ServiceName, Simulators } from '../../simulators/index.cts';
import { casesFor, expectTestsAndLists, failed, prepare, reached, runCases } from './cases.cts';
import type { Case, Prepared } from './cases.cts';
import { selfSigned } from '../../harness/selfSigned.cts';
import { startFront, startProxy } from './servers.cts';
import type { Proxy, Running } from './servers.cts';

/** A real n8n in a network whose only way out is a proxy. */

jest.setTimeout(20_000);

const DOMAIN = 'company.test';
const ZITADEL = `zitadel.${DOMAIN}`;

let simulators: Simulators;
let proxy: Proxy;
/** ZITADEL, encrypted. */
let encrypted: Running;
let n8n: Served;
let cases: readonly Case[];
let proxied: readonly Prepared[];

/** The address of a service by a name that only the proxy knows. */
function baseUrl(service: ServiceName, hostname = `${service}.${DOMAIN}`): string {
	return Object.assign(new URL(simulators[service].baseUrl), { hostname }).href;
}

beforeAll(async () => {
	simulators = await startSimulators();
	proxy = await startProxy();
	const certificate = selfSigned(ZITADEL);
	encrypted = await startFront(Number(new URL(simulators.zitadel.baseUrl).port), certificate);
	const authority = join(packed().folder, 'authority.pem');
	writeFileSync(authority, certificate.cert);
	n8n = await serve(packed().tarball, {
		HTTP_PROXY: `http://127.0.0.1:${proxy.port}`,
		HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
		NO_PROXY: '127.0.0.1',
		NODE_EXTRA_CA_CERTS: authority,
	});

	const { editor } = n8n;
	cases = casesFor(simulators);
	proxied = await prepare(editor, 'proxied', cases, (service) => ({ baseUrl: baseUrl(service) }));
	await prepare(editor, 'restricted', cases, (service) => ({
		baseUrl: baseUrl(service),
		allowedHttpRequestDomains: 'domains',
		allowedDomains: 'example.org',
	}));
	await prepare(editor, 'direct', cases, (service) => ({ baseUrl: simulators[service].baseUrl }));
	await prepare(editor, 'encrypted', zitadelCases(), () => ({
		baseUrl: `https://${ZITADEL}:${encrypted.port}`,
	}));
	await prepare(editor, 'closed', cases, (service) => ({
		baseUrl: baseUrl(service, `forbidden.${DOMAIN}`),
	}));
	await prepare(editor, 'closedTunnel', zitadelCases(), () => ({
		baseUrl: `https://forbidden.${DOMAIN}`,
	}));
}, 10 * 60_000);

beforeEach(() => {
	simulators.reset();
	proxy.log.length = 0;
});

afterEach(() => expect(violationsOf(simulators)).toEqual([]));

afterAll(async () => {
	await n8n?.stop();
	for (const running of [simulators, proxy, encrypted]) await running?.close();
});

const zitadelCases = () => cases.filter(({ service }) => service === 'zitadel');

const states = () =>
	SERVICE_NAMES.map((name) => simulators[name].account(STAFF.leaver.email)?.state);

/** What the proxy was asked for, without paths. */
const asked = () => [
	...new Set(proxy.log.map((line) => line.replace(/^.* http:\/\/([^:/]*).*$/, '$1'))),
];

test('all services are reached through it', async () => {
	expect(await runCases(n8n, 'proxied')).toEqual(reached(cases));
	expect(states()).toEqual(SERVICE_NAMES.map(() => 'deactivated'));
	expect(asked()).toEqual(SERVICE_NAMES.map((name) => `${name}.${DOMAIN}`));
	const requests = SERVICE_NAMES.flatMap((name) => simulators[name].requests);
	expect(proxy.log).toHaveLength(requests.length);
});

test('an encrypted one through a tunnel', async () => {
	expect(await runCases(n8n, 'encrypted')).toEqual(reached(zitadelCases()));
	expect([...new Set(proxy.log)]).toEqual([`CONNECT ${ZITADEL}:${encrypted.port}`]);
});

test('hosts in NO_PROXY without it', async () => {
	expect(await runCases(n8n, 'direct')).toEqual(reached(cases));
	expect(proxy.log).toEqual([]);
});

test('credentials are tested and lists are read through it', async () => {
	await expectTestsAndLists(n8n, proxied);
	expect(new Set(asked())).toEqual(new Set(SERVICE_NAMES.map((name) => `${name}.${DOMAIN}`)));
	const requests = SERVICE_NAMES.flatMap((name) => simulators[name].requests);
	expect(proxy.log).toHaveLength(requests.length);
});

test('nobody is called done if it lets no request through', async () => {
	const outcomes = { ...(await runCases(n8n, 'closed')), ...(await runCases(n8n, 'closedTunnel')) };
	for (const outcome of Object.values(outcomes)) {
		expect(outcome).toMatchObject({ outcome: 'failed', error: expect.any(String) as string });
	}
	expect(Object.keys(outcomes)).toEqual(cases.map(({ type }) => type));
	expect(states()).toEqual(SERVICE_NAMES.map(() => 'active'));
});

test('a credential that is allowed for certain domains goes to no other, also for a token', async () => {
	const message = "isn't one of this credential's allowed domains";
	expect(await runCases(n8n, 'restricted')).toEqual(
		failed(cases, 'invalidInput', message, 'Allowed HTTP Request Domains', 'example.org'),
	);
	expect(proxy.log).toEqual([]);
	expect(states()).toEqual(SERVICE_NAMES.map(() => 'active'));
});
