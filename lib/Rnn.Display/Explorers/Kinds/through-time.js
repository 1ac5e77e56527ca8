kit => { throw new Error("not yet"); }
