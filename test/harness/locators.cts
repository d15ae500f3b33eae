/** A locator in the mode By ID, as the editor stores it. */
export function byId<Value>(value: Value) {
	return { __rl: true, mode: 'id', value };
}

/** A locator in the mode By Email, as the editor stores it. */
export function byEmail<Value>(value: Value) {
	return { __rl: true, mode: 'email', value };
}
