import type { IDataObject } from 'n8n-workflow';

import { unless, type Check } from './check.cts';
import { NeverEnds } from './clock.cts';
import { nameIn } from './run.cts';
import { canLookUp, SERVICES, type ServiceName } from './services.cts';
import {
	hidesForGood,
	allTold,
	failedItem,
	isProtected,
	isSeen,
	itemsAbout,
	outputsOf,
	personWith,
	targetsOf,
	wordsOf,
} from './told.cts';

/** Only whom an item names without doubt is touched, and nobody who is protected. */
const touched: Check = (run) => {
	const { history, world } = run;
	const { operation, options, caller } = history;
	const changes = world.changes();
	return [...changes, ...world.endings()].flatMap(({ service, tenant, id }, index) => {
		// Some SCIM servers remove whom they deactivate: after it there may be only one of several.
		const isThere = (one: string) =>
			isSeen(run, service, one) &&
			!(
				run.met.includes('removed when deactivated') &&
				changes.slice(0, index).some((change) => change.id === one)
			);
		const items = itemsAbout(run, service, tenant, id).flatMap(
			(about) => history.items[about] ?? [],
		);
		const isMeant = items.some((item) => targetsOf(run, item, service).filter(isThere).length < 2);
		const isOdd = items.length > 0 && items.every(({ odd }) => odd !== undefined);
		const isOwn = id === SERVICES[service].ownId && caller === 'all';
		const isInvited = operation === 'reactivate' && !canLookUp(service);
		return [
			...unless(
				!isProtected(history, service, id),
				`somebody protected was touched (${service})`,
				id,
			),
			...unless(!isOwn, `the own account was touched (${service})`, id),
			...unless(items.length > 0 || isInvited, `somebody else was touched (${service})`, id),
			...unless(
				items.length === 0 || isMeant || hidesForGood(run),
				`one of several was touched (${service})`,
				id,
			),
			...unless(!isOdd, `touched although a parameter gave nothing (${service})`, id),
			...unless(!options.dryRun, `a dry run changed something (${service})`, id),
			...unless(!operation.startsWith('get'), `Get changed something (${service})`, id),
		];
	});
};

/** Writing a user back takes nothing from them, and gives them nothing of others. */
const spoiled: Check = ({ world }) =>
	world.spoiled().flatMap((id) => unless(false, 'a user lost or got other data (scim)', id));

/** No more accounts than the safety limit allows, over all rounds. */
const safetyLimit: Check = ({ history, world }) => {
	const { safetyLimit: limit = 0 } = history.options;
	if (limit === 0 || history.operation !== 'deactivate') return [];
	return history.services.flatMap((service) => {
		const changes = world.changes().filter((change) => change.service === service);
		const count = new Set(changes.map(({ id, tenant }) => `${tenant} ${id}`)).size;
		return unless(
			count <= limit,
			`more than the safety limit (${service})`,
			`${count} of ${limit}`,
		);
	});
};

/** With 'Continue' every item comes out once. */
const items: Check = (run) => {
	const outputs = outputsOf(run);
	const { onError, operation } = run.history;
	return [
		...run.rounds.flatMap(({ items: indexes, error }) => {
			if (error instanceof NeverEnds) return unless(false, 'the run does not end', error.message);
			if (error !== undefined) return unless(onError === 'stop', 'thrown in spite of Continue');
			// Get Many lists as many as there are.
			if (operation === 'getAll') return [];
			return indexes.flatMap((index) =>
				unless(outputs.get(index)?.length === 1, 'an item lost or doubled', `item ${index}`),
			);
		}),
		...unless(!outputs.has(-1), 'an output of no item'),
	];
};

/** With 'Stop', the error tells of all whom the same round changed. */
const untold: Check = (run) =>
	run.rounds.flatMap(({ error, items: indexes }) => {
		if (error === undefined || error instanceof NeverEnds) return [];
		const said = wordsOf(error).toLowerCase();
		return run.world.changes().flatMap(({ service, tenant, id }) => {
			const about = itemsAbout(run, service, tenant, id).filter((index) => indexes.includes(index));
			const isOwn = about.includes(indexes[failedItem(error)] ?? -1);
			const names = [
				id,
				personWith(run.history, service, id)?.email ?? id,
				...about
					.flatMap((index) => run.history.items[index] ?? [])
					.map((item) => nameIn(run.history, item).value),
			];
			const isTold = names.some((name) => said.includes(name.toLowerCase()));
			return unless(
				about.length === 0 || isOwn || isTold,
				`stopped without saying who is done (${service})`,
				id,
			);
		});
	});

/** A parameter that gave nothing is named, and nothing else becomes of the item. */
const oddValues: Check = (run) =>
	allTold(run).flatMap(({ index, item: { odd }, record, reason, service }) => {
		if (odd === undefined) return [];
		const what = `item ${index}: '${odd?.parameter}' is ${odd?.value}`;
		const isGuard = /^(invalidInput|safetyLimit|protectedUser)$/.test(reason ?? 'invalidInput');
		return [
			...unless(
				!record || isNotAsked(record),
				`accepted although a parameter gave nothing (${service})`,
				what,
			),
			...unless(isGuard, `'${reason}' although a parameter gave nothing (${service})`, what),
		];
	});

/** Nobody was asked, so nothing was accepted. */
const isNotAsked = ({ outcome }: { outcome?: unknown }) => outcome === 'notAsked';

/** A person is complete where all access is gone, and somebody knows them. */
const complete: Check = (run) => {
	const { history, world } = run;
	const { node, operation, services } = history;
	return [...outputsOf(run)].flatMap(([index, outputs]) => {
		const item = history.items[index];
		const isComplete = outputs.some(
			({ item: { json } }) => ((json.details ?? json) as IDataObject).complete === true,
		);
		if (node !== 'offboardUser' || !item || !isComplete || hidesForGood(run)) return [];
		const statesAt = (service: ServiceName) =>
			targetsOf(run, item, service)
				// Of another organization the credential sees nothing, and nobody can tell.
				.filter(
					(id) => service !== 'zitadel' || personWith(history, service, id)?.kind !== 'unreadable',
				)
				.map((id) => world.state(service, 0, id));
		const hasAccess = (service: ServiceName, also: 'invited' | 'locked') =>
			statesAt(service).some((state) => state === 'active' || state === also);
		if (operation === 'reactivate') {
			return services.flatMap((service) =>
				unless(hasAccess(service, 'invited'), 'Complete, and there is no access', service),
			);
		}
		// Langdock and Odeus know somebody if they did something to them.
		const isKnown = services.some((service) =>
			canLookUp(service)
				? statesAt(service).length > 0
				: world.changes().some((change) => change.service === service),
		);
		return [
			...unless(isKnown, 'Complete, and nobody knows the address'),
			...services.flatMap((service) => [
				...unless(!hasAccess(service, 'locked'), `Complete, and access remains (${service})`),
				...unless(
					operation !== 'get' || canLookUp(service) || world.eventsAt(service, 0).length > 0,
					`Complete, and ${service} was not asked`,
				),
			]),
		];
	});
};

/** More requests than a list is worth. */
const MAX_REQUESTS = 250;

/** What a run may cost, and where its requests go. */
const requests: Check = ({ history, world: { events, strays } }) => {
	const isRefused = history.items.every(({ odd }) => odd);
	return [
		...unless(events.length <= MAX_REQUESTS, 'too many requests', String(events.length)),
		...strays.flatMap(({ url }) => unless(false, 'a request to another host', url)),
		...unless(!isRefused || events.length === 0, 'a request although a parameter gave nothing'),
	];
};

/** No secret in anything that comes out, in any form. */
const secrets: Check = ({ history, rounds }) => {
	const text = textOf(rounds, new Set());
	return history.services
		.flatMap((service) => Object.values(SERVICES[service].secrets))
		.flatMap((secret) => [
			secret,
			encodeURIComponent(`${secret}:`),
			Buffer.from(secret).toString('base64'),
			Buffer.from(`offboarding:${secret}`).toString('base64'),
		])
		.flatMap((form) => unless(!text.includes(form), 'a secret in an output', form));
};

/** All that n8n stores and shows of a value, and what hangs on it unseen. */
function textOf(value: unknown, seen: Set<object>): string {
	if (typeof value !== 'object' || value === null) return String(value);
	if (seen.has(value)) return '';
	seen.add(value);
	return Reflect.ownKeys(value)
		.map((key) => textOf((value as Record<string | symbol, unknown>)[key], seen))
		.join(' ');
}

/** What a run does, whatever it says. */
export const deeds: readonly Check[] = [
	touched,
	spoiled,
	safetyLimit,
	items,
	untold,
	oddValues,
	complete,
	requests,
	secrets,
];
