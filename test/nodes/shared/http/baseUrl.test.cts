import { normalizeBaseUrl } from '../../../../nodes/shared/http/baseUrl';
import { Failure } from '../../../../nodes/shared/model/failure';

describe('normalizeBaseUrl', () => {
	it.each([
		['https://api.example.org', 'https://api.example.org'],
		['https://api.example.org/', 'https://api.example.org'],
		['  https://api.example.org/api/public// ', 'https://api.example.org/api/public'],
		['HTTPS://API.Example.org:443/x', 'https://api.example.org/x'],
		['http://localhost:5678', 'http://localhost:5678'],
		['http://127.0.0.1:5678/api', 'http://127.0.0.1:5678/api'],
		['http://[::1]:5678', 'http://[::1]:5678'],
	])('%s → %s', (given, normal) => {
		expect(normalizeBaseUrl(given, false)).toBe(normal);
	});

	it('allows plain http to another machine only if the credential says so', () => {
		expect(normalizeBaseUrl('http://zitadel.internal', true)).toBe('http://zitadel.internal');
	});

	it.each([
		['', 'is empty'],
		[' \n', 'is empty'],
		[undefined, 'is empty'],
		[42, 'is empty'],
		['api.example.org', 'is not a URL'],
		['ftp://api.example.org', 'is not a web address'],
		['javascript:alert(1)', 'is not a web address'],
		['http://api.example.org', 'is not encrypted'],
		['http://localhost.example.org', 'is not encrypted'],
		['http://127.0.0.1.example.org', 'is not encrypted'],
		['http://localhost:x@api.example.org', 'is not encrypted'],
		['https://user:pass@api.example.org', 'contains more than a host and a path'],
		['https://user@api.example.org', 'contains more than a host and a path'],
		['https://:pass@api.example.org', 'contains more than a host and a path'],
		['https://api.example.org?x=1', 'contains more than a host and a path'],
		['https://api.example.org#x', 'contains more than a host and a path'],
	])('refuses %p: %s', (given, why) => {
		const normalize = () => normalizeBaseUrl(given, false);
		expect(normalize).toThrow(Failure);
		expect(normalize).toThrow(`'Base URL' in the credential ${why}`);
	});
});
