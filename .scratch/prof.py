import json,glob,sys,os
f=max(glob.glob('/work/wt/e/.scratch/prof/*.cpuprofile'),key=os.path.getmtime)
p=json.load(open(f))
self={}
nodes={n['id']:n for n in p['nodes']}
dt=p['timeDeltas']
for s,d in zip(p['samples'],dt):
    n=nodes[s]['callFrame']; k=(n['functionName'],n['url'].split('/')[-1],n['lineNumber']+1)
    self[k]=self.get(k,0)+d
for k,v in sorted(self.items(),key=lambda x:-x[1])[:40]: print(f"{v/1000:8.1f} {k}")
