import { allowedDomains } from '../../../../nodes/shared/n8n/connection';

it.each([
	['is handed on', { allowedHttpRequestDomains: 'domains', allowedDomains: 'x.example' }, true],
	['is none for all', { allowedHttpRequestDomains: 'all', allowedDomains: 'x.example' }, false],
	['is none for none', { allowedHttpRequestDomains: 'none', allowedDomains: 'x.example' }, false],
	['is none without domains', { allowedHttpRequestDomains: 'domains' }, false],
	['is none in older credentials', {}, false],
])('the restriction of a credential %s', (_, credential, isRestricted) => {
	expect(allowedDomains(credential)).toStrictEqual(
		isRestricted ? { allowedDomains: 'x.example' } : {},
	);
});
