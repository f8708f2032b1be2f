/** Files of a small feed of our own: two bus lines, a shuttle on demand, a night trip, fares of both kinds. */
export const TINY: Readonly<Record<string, string>> = {
  'agency.txt':
    'agency_id,agency_name,agency_url,agency_timezone\nA,Tiny Lines,https://tiny.example,America/Montevideo\n',
  'stops.txt': `\uFEFFstop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,zone_id,wheelchair_boarding
hub,"Hub, ""main""",-34.9000,-56.1600,1,,,1
p1,Hub 1,-34.9000,-56.1600,0,hub,z1,
p2,Hub 2,-34.9001,-56.1601,0,hub,z1,2
mid,Middle,-34.9000,-56.1500,,,z1,0
far,Far end,-34.9000,-56.1200,,,z2,
`,
  'routes.txt':
    'route_id,agency_id,route_short_name,route_long_name,route_type,route_color\r\nr1,A,1,Hub - Far,3,FF0000\r\nr2,,2,Night,3,\r\ndrt,A,D,On demand,3,00ff00\r\n',
  'calendar.txt': `service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
wk,1,1,1,1,1,0,0,20260105,20260111
`,
  'calendar_dates.txt': 'service_id,date,exception_type\nwk,20260106,2\nwk,20260110,1\nsun,20260111,1\n',
  'shapes.txt': `shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence
s1,-34.9,-56.16,1
s1,-34.9,-56.12,2
`,
  'trips.txt': `route_id,service_id,trip_id,trip_headsign,direction_id,shape_id,wheelchair_accessible,bikes_allowed
r1,wk,t1,Far,0,s1,1,2
r1,wk,t2,Far,0,,1,1
r2,sun,night,Hub,1,,0,0
drt,wk,call,,,,,
`,
  'stop_times.txt': `trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type,shape_dist_traveled,location_id,start_pickup_drop_off_window,end_pickup_drop_off_window,pickup_booking_rule_id
t1,08:00:00,08:00:00,p1,1,0,1,,,,,
t1,,,mid,2,,,,,,,
t1,08:40:00,08:40:00,far,3,1,0,,,,,
t2,09:40:00,09:40:00,far,30,,,40,,,,
t2,9:00:00,9:00:00,p1,10,,,0,,,,
t2,,,mid,20,,,30,,,,
night,24:30:00,24:31:00,far,0,,,,,,,
night,25:10:00,25:10:00,p2,5,,,,,,,
call,,,,1,2,2,,zone,06:00:00,22:00:00,now
call,,,,2,2,2,,zone,06:00:00,22:00:00,now
`,
  'frequencies.txt': 'trip_id,start_time,end_time,headway_secs,exact_times\nnight,24:30:00,26:00:00,1800,1\n',
  'transfers.txt': 'from_stop_id,to_stop_id,transfer_type,min_transfer_time\np1,p2,2,90\n',
  'networks.txt': 'network_id,network_name\nbus,Buses\n',
  'route_networks.txt': 'network_id,route_id\nbus,r1\nbus,r2\n',
  'rider_categories.txt': 'rider_category_id,rider_category_name,is_default_fare_category\nadult,Adult,1\n',
  'fare_media.txt': 'fare_media_id,fare_media_name,fare_media_type\nwallet,Wallet,4\n',
  'fare_products.txt':
    'fare_product_id,fare_product_name,rider_category_id,fare_media_id,amount,currency\none,One ride,adult,wallet,4.80,UYU\nchange,Second ride,adult,wallet,-2.4,UYU\n',
  'areas.txt': 'area_id\ncentre\n',
  'stop_areas.txt': 'area_id,stop_id\ncentre,p1\ncentre,mid\n',
  'timeframes.txt': 'timeframe_group_id,start_time,end_time,service_id\npeak,07:00:00,09:00:00,wk\n',
  'fare_leg_rules.txt':
    'leg_group_id,network_id,from_area_id,from_timeframe_group_id,fare_product_id,rule_priority\nbus,bus,centre,peak,one,1\n',
  'fare_transfer_rules.txt':
    'from_leg_group_id,to_leg_group_id,transfer_count,duration_limit,duration_limit_type,fare_transfer_type,fare_product_id\nbus,bus,1,3600,1,1,change\n',
  'fare_attributes.txt': 'fare_id,price,currency_type,payment_method,transfers\nv1,1.5,JPY,0,\n',
  'fare_rules.txt': 'fare_id,route_id,origin_id\nv1,r1,z1\n',
  'booking_rules.txt': 'booking_rule_id,booking_type,message\nnow,0,Ask when you want to ride\n',
  'locations.geojson': JSON.stringify({
    type: 'FeatureCollection',
    features: [
      {
        id: 'zone',
        type: 'Feature',
        properties: { stop_name: 'South' },
        geometry: {
          type: 'Polygon',
          coordinates: [
            [
              [-56.2, -35],
              [-56.1, -35],
              [-56.1, -34.9],
              [-56.2, -35],
            ],
          ],
        },
      },
    ],
  }),
}
