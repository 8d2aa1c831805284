delete from measure_type
