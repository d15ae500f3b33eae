/** n8n's engine logs what ends an execution; in these tests that is often what is wanted. */
process.env.N8N_LOG_LEVEL = 'silent';
