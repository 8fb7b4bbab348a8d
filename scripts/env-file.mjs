// Only for npm's scripts, so that a developer's real settings never get into a test. What is set already stays.
import { existsSync } from 'node:fs';

if (existsSync('.env')) process.loadEnvFile('.env');
