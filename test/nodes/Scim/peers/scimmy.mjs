import { createServer } from 'node:http';

import express from 'express';
import SCIMMY from 'scimmy';
import SCIMMYRouters from 'scimmy-routers';

/** SCIMMY's SCIM server on Express, over a list of users in memory. It prints its address. */
const users = [];

SCIMMY.Resources.declare(SCIMMY.Resources.User, {
	egress({ id, filter }) {
		if (id === undefined) return filter ? filter.match(users) : users;
		const user = users.find((one) => one.id === id);
		if (!user) throw new SCIMMY.Types.Error(404, '', `There is no user ${id}`);
		return user;
	},
	ingress({ id }, attributes) {
		const user = { ...attributes, id: id ?? `user-${users.length + 1}` };
		const at = users.findIndex((one) => one.id === user.id);
		users.splice(at < 0 ? users.length : at, 1, user);
		return user;
	},
	degress() {},
});

const app = express();
const handler = (request) => {
	if (request.header('Authorization') !== `Bearer ${process.env.TOKEN}`) throw new Error('Who?');
	return 'tests';
};
app.use('/scim/v2', new SCIMMYRouters({ type: 'bearer', handler }));
const server = createServer(app).listen(0, '127.0.0.1', () => {
	console.log(`http://127.0.0.1:${server.address().port}/scim/v2`);
});
