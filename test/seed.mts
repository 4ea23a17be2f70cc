import fc from 'fast-check';

// Where a change is judged, it has to be by the same values as before it; elsewhere each run tries others.
if (process.env.CI) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_260_101 });
